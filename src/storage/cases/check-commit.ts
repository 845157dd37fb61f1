import type { Commit, StreamWrite } from "../../app/ports/store.ts";

/** Events that count for the version of a file: those of its clocks do not, so that no clock can hold up what is said of a request. */
export function versionedEvents(streams: readonly StreamWrite[]): number {
  return streams.reduce((sum, { kind, events }) => (kind === "clock" ? sum : sum + events.length), 0);
}

/** What a use case can only get wrong by mistake; a commit that would break the file is not sent. */
export function checkCommit(home: string, change: Commit): void {
  if (change.home !== home) throw new Error(`commit for ${change.home} at the node of ${home}`);
  const { index, streams } = change;
  if (streams.length === 0) return;
  if (index === null) throw new Error("streams changed without the index of their file");
  if (streams.some(({ caseId }) => caseId !== index.caseId)) throw new Error("one commit writes one file");
  if (streams.some(({ events }) => events.length === 0)) throw new Error("a stream write without events");
  const first = streams.find(({ kind }) => kind === "case");
  if (first?.expectedVersion === 0 && index.fileVersion !== versionedEvents(streams))
    throw new Error("a new file whose version is not its number of events");
}
