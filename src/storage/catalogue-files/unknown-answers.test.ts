import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { findItem, isQuestionCode } from "../../core/catalogue/index.ts";
import { readCatalogue } from "./index.ts";

const read = await readCatalogue(fileURLToPath(new URL("../../../catalogue/nmg-2022-89", import.meta.url)));
if (!read.ok) throw new Error(JSON.stringify(read.error));
const nmg = read.value;

test("who does not know whether the police must act at once is led where yes leads (README: an unknown answer leads where yes leads; nmg:2.2.1)", () => {
  const wrong = nmg.groups
    .flatMap((group) => group.questions)
    .filter(({ askZh }) => /紧急处置/.test(askZh))
    .flatMap(({ code, askZh, leadsTo: { yes, unknown } }) => {
      const item = isQuestionCode(yes) ? null : findItem(nmg, yes);
      return item?.urgency === "urgent" && item.side === "police" && unknown !== yes
        ? [`${code} ${askZh} yes ${yes}, unknown ${unknown}`]
        : [];
    });
  expect(wrong).toEqual([]);
});
