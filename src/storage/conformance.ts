import { disputedTests } from "./conformance/disputed.ts";
import { afterAll, beforeAll, describe } from "vitest";
import { conformOfCases } from "./conformance/cases.ts";
import type { Harness } from "./conformance/harness.ts";
import { conformOfLedger } from "./conformance/ledger.ts";
import { conformOfMessages } from "./conformance/messages.ts";
import { conformOfQueries } from "./conformance/queries.ts";
import { conformOfStanding } from "./conformance/standing.ts";
import { conformOfUnread } from "./conformance/unread.ts";
import { conformOfRecords } from "./conformance/records.ts";

export type { Harness } from "./conformance/harness.ts";

/**
 * What every storage of a node must do, whatever it is made of. `open` gives an empty one; the suite writes into it and
 * never expects to be alone in a table. A part that cannot be shown on some storage is skipped with its reason.
 */
export function storageConformance(name: string, open: () => Promise<Harness>): void {
  describe(`storage conformance: ${name}`, () => {
    let harness: Harness | null = null;
    const at = (): Harness => {
      if (harness === null) throw new Error("the storage is not open");
      return harness;
    };
    beforeAll(async () => {
      harness = await open();
    });
    afterAll(async () => {
      await harness?.close();
    });
    conformOfCases(at);
    conformOfMessages(at);
    conformOfLedger(at);
    conformOfQueries(at);
    conformOfStanding(at);
    disputedTests(at);
    conformOfUnread(at);
    conformOfRecords(at);
  });
}
