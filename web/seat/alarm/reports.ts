import { newKey } from "../../shared/api/client.ts";
import { giveCommand, isUncertain } from "../../shared/api/commands.ts";

/** One report a push, whoever shows it: the bar, the open request and the news may paint the same push at the same time. */
type Report = { readonly key: string; held: boolean; underWay: Promise<void> | null };
const reports = new Map<string, Report>();

function reportOf(linkageId: string, pushNo: number): Report {
  const what = `${linkageId} ${pushNo}`;
  const known = reports.get(what);
  if (known !== undefined) return known;
  const report: Report = { key: newKey(), held: false, underWay: null };
  reports.set(what, report);
  return report;
}

/** Whether the node holds this page's report already: a reading that was under way when it left still shows the push as unreported. */
export function isReported(linkageId: string, pushNo: number): boolean {
  return reportOf(linkageId, pushNo).held;
}

async function give(report: Report, linkageId: string, pushNo: number): Promise<void> {
  try {
    await giveCommand({ name: "shown", subject: linkageId, body: { pushNo } }, report.key);
    report.held = true;
  } catch (failure) {
    // A clear no was carried out by nobody: the next try is another command, maybe another person's.
    if (!isUncertain(failure)) reports.delete(`${linkageId} ${pushNo}`);
    throw failure;
  }
}

/**
 * Reports a push as shown, once: who asks while it is under way waits for the same answer, and every try carries the same key.
 * Rejects (`ApiFailure`) when the node did not take it; then it may be tried again.
 * @source nmg:2.2.1
 */
export function reportShown(linkageId: string, pushNo: number): Promise<void> {
  const report = reportOf(linkageId, pushNo);
  if (report.held) return Promise.resolve();
  report.underWay ??= give(report, linkageId, pushNo).finally(() => {
    report.underWay = null;
  });
  return report.underWay;
}
