import { describe, expect, it } from "vitest";
import type { QueueFilter } from "../../app/ports/queries.ts";
import type { RegionCode } from "../../kernel/index.ts";
import { aCase, emptyCommit, indexOf, linkageWrite, registration, second } from "../sample-commits.ts";
import type { Harness } from "./harness.ts";

/** A district of this part alone, so that its one request is all that is found. */
const PLACE = "150983" as RegionCode;
const HERE: QueueFilter = {
  view: "all",
  status: null,
  item: null,
  place: null,
  unit: null,
  phoneIndex: null,
  regions: [PLACE],
  cursor: null,
  limit: 50,
};

/** What the queue says of words that came from the other desk. */
export function conformOfUnread(at: () => Harness): void {
  describe("words of the other desk that nobody has read", () => {
    it("are counted over all hand-overs, to this desk and from it, until they are read (nmg:2.2.1)", async () => {
      expect(await at().cases.commit(registration(495, { status: "accepted", place: PLACE }))).toBe("done");
      const unread = async () => (await at().queries.queue(HERE)).rows.map((row) => row.unread);
      let version = 1;
      const turn = async (n: number, before: number, change: Parameters<typeof linkageWrite>[4]) => {
        version += 1;
        const streams = [linkageWrite(n, 495, before, second(n), { part: "ordinary", ...change })];
        const index = indexOf(aCase(495, { status: "accepted", place: PLACE }), version);
        expect(await at().cases.commit({ ...emptyCommit(), streams, index })).toBe("done");
      };
      expect(await unread()).toEqual([0]);
      await turn(495, 0, { role: "R", state: "accepted", additionsReceived: 3, additionsRead: 1 });
      expect(await unread()).toEqual([2]);
      // Handed on since: what is added to the older one still waits here; what this desk itself added does not.
      await turn(496, 0, { role: "S", state: "offered", additionsSent: 1, additionsReceived: 0, additionsRead: 0 });
      expect(await unread()).toEqual([2]);
      // What the desk it was handed on to tells waits here as well.
      await turn(496, 1, { role: "S", state: "accepted", additionsSent: 1, additionsReceived: 1, additionsRead: 0 });
      expect(await unread()).toEqual([3]);
      await turn(496, 2, { role: "S", state: "accepted", additionsSent: 1, additionsReceived: 1, additionsRead: 1 });
      await turn(495, 1, { role: "R", state: "accepted", additionsReceived: 3, additionsRead: 3 });
      expect(await unread()).toEqual([0]);
      // What has gone back to the desk it came from is read there.
      await turn(495, 2, { role: "R", state: "handedBack", additionsReceived: 4, additionsRead: 3 });
      expect(await unread()).toEqual([0]);
    });
  });
}
