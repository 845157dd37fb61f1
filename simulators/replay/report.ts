import type { Finding } from "./audit.ts";
import type { Funnel, Spread } from "./funnel.ts";

export type Report = {
  readonly seed: string;
  readonly file: string;
  readonly speed: number;
  readonly ratePerSecond: number;
  readonly wallSeconds: number;
  readonly asked: number;
  readonly notRegistered: number;
  readonly drained: boolean;
  readonly funnel: Funnel;
  readonly actions: Readonly<Record<string, number>>;
  readonly stageSeconds: Readonly<Record<string, Spread>>;
  readonly callMs: Readonly<Record<string, Spread>>;
  readonly refusals: Readonly<Record<string, number>>;
  readonly refusalsByCommand: Readonly<Record<string, number>>;
  readonly refusalsOfWrongCommands: Readonly<Record<string, number>>;
  readonly repeatedCalls: Readonly<Record<string, number>>;
  readonly remarks: Readonly<Record<string, number>>;
  readonly faults: Readonly<Record<string, number>>;
  readonly givenUp: readonly string[];
  readonly findings: Readonly<Record<Finding, number>>;
  readonly examples: readonly { readonly no: string; readonly findings: readonly Finding[]; readonly state: string }[];
};

/** Nothing lost, nothing ownerless, nothing stuck, nothing done twice. */
export function isClean(report: Report): boolean {
  const none = Object.values(report.findings).every((found) => found === 0) && report.notRegistered === 0;
  return none && Object.keys(report.faults).length === 0;
}

/** The report as people read it. */
export function reportText(report: Report): string {
  const { funnel: f, findings } = report;
  const lines = [
    `seed ${report.seed}, ${report.asked} requests at ${report.ratePerSecond}/s, speed ${report.speed}, ${report.wallSeconds.toFixed(1)} s`,
    "",
    "FUNNEL (requests)",
    `  registered ${f.registered} (12345 ${f.registeredAtHotline}, 110 ${f.registeredAtPolice}), not registered ${report.notRegistered}`,
    `  judged ${f.judged}, guided ${f.guided}, answered at once ${f.answered}`,
    `  handed over ${f.handedOver} (clear ${f.handedOverClear}, after initial response ${f.handedOverAfterInitialResponse}): accepted ${f.handOverAccepted}, returned ${report.actions["return"] ?? 0}, withdrawn ${f.handOverWithdrawn}, handed back ${f.handedBack}`,
    `  danger pushed ${f.dangerPushed}, shown ${f.dangerDelivered}, signed ${f.dangerSigned}, ended ${f.dangerEnded}`,
    `  dispatched ${f.dispatched}, replied ${f.replied}, concluded ${f.concluded}, called back ${f.calledBack}, closed ${f.closed}, open ${f.open}`,
    "",
    "SECONDS PER STAGE (by the desks' clocks)          n      p50      p95",
    ...table(report.stageSeconds, 2),
    "",
    "MILLISECONDS PER CALL                             n      p50      p95",
    ...table(report.callMs, 1),
    "",
    `COMMANDS DONE  ${pairs(report.actions)}`,
    `REFUSED        ${pairs(report.refusals)}`,
    `WRONG, REFUSED ${pairs(report.refusalsOfWrongCommands)}`,
    `ASKED AGAIN    ${pairs(report.repeatedCalls)}`,
    `REMARKS        ${pairs(report.remarks)}`,
    `FAULTS         ${pairs(report.faults)}`,
    ...(report.givenUp.length === 0 ? [] : ["GIVEN UP", ...report.givenUp.slice(0, 10).map((line) => `  ${line}`)]),
    "",
    `OWNERLESS ${findings.ownerless}   DANGER WITHOUT OWNER ${findings.dangerOwnerless}   KNOWN NOWHERE ${findings.unknown}   STUCK ${findings.stuck}   drained: ${report.drained ? "yes" : "no"}`,
    ...report.examples.slice(0, 10).map((one) => `  ${one.no} ${one.findings.join(", ")}: ${one.state}`),
    isClean(report) ? "CLEAN" : "NOT CLEAN",
  ];
  return lines.join("\n");
}

function table(spreads: Readonly<Record<string, Spread>>, digits: number): readonly string[] {
  return Object.entries(spreads).map(
    ([name, { count, p50, p95 }]) =>
      `  ${name.padEnd(40)}${String(count).padStart(9)}${p50.toFixed(digits).padStart(9)}${p95.toFixed(digits).padStart(9)}`,
  );
}

function pairs(counts: Readonly<Record<string, number>>): string {
  const sorted = Object.entries(counts).sort((a, b) => b[1] - a[1]);
  return sorted.length === 0 ? "none" : sorted.map(([name, n]) => `${name} ${n}`).join(", ");
}
