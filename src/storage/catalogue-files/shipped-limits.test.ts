import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { findLimit, indexLimits } from "../../core/clock/index.ts";
import { readCatalogue } from "./index.ts";

const read = await readCatalogue(fileURLToPath(new URL("../../../catalogue/nmg-2022-89", import.meta.url)));
if (!read.ok) throw new Error(JSON.stringify(read.error));
const nmg = read.value;
const index = indexLimits(nmg);

/** What fails in the net of a utility, by annex part one: broken fittings (A01) and sudden events (A14), those of the same net side by side. */
const NETS: readonly (readonly [net: string, items: readonly string[]])[] = [
  ["water", ["A01-01", "A14-01", "A14-04"]],
  ["power", ["A01-02", "A14-03"]],
  ["gas", ["A01-03", "A14-05"]],
  ["heat", ["A01-04", "A14-02"]],
];

test.each(NETS)(
  "a burst or failure of %s is dispatched no later than a broken fitting: within 2 hours (nmg:2.2.5)",
  (_, items) => {
    for (const code of items) {
      const item = nmg.items.find((one) => one.code === code);
      if (item === undefined) throw new Error(code);
      const { urgency, classCode } = item;
      const subject = {
        stage: "dispatch",
        urgency,
        orderKind: null,
        itemCode: item.code,
        classCode,
        requestKind: null,
      } as const;
      const limit = findLimit(index, subject, "2026-11-22");
      expect([code, limit?.unit, limit?.basis, limit?.noteZh]).toEqual([
        code,
        "naturalHours",
        "default",
        expect.stringContaining("待会商"),
      ]);
      expect([code, limit?.amount]).toEqual([code, urgency === "urgent" ? 1 : 2]);
    }
  },
);
