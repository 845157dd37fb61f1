import { describe, expect, test } from "vitest";
import { createMemoryStores } from "../../test/setup/memory-stores.ts";
import { openPassingKeys } from "../../test/setup/passing-keys.ts";
import { aCall, aDesk, anActor, give, given } from "./desk.test-data.ts";
import type { Desk } from "./desk.test-data.ts";
import { findByPhone } from "./find-by-phone.ts";

const keys = openPassingKeys();
const NUMBER = "138 0000 1111";

async function numbersFor(desk: Desk, phone: string): Promise<readonly string[]> {
  const found = await findByPhone(desk.deps, anActor(), phone);
  if (!found.ok) throw new Error(found.error.code);
  return found.value.rows.map((row) => row.requestNo);
}

describe("what a caller has asked before, by the number (nmg:2.3.2)", () => {
  test("is found however the number is written, newest first, and never another caller's", async () => {
    const here = aDesk({ stores: createMemoryStores, keys });
    const first = await given(give(here, "register", aCall({ requesterPhone: NUMBER })));
    const second = await given(give(here, "register", aCall({ requesterPhone: "+86 13800001111" })));
    await given(give(here, "register", aCall({ requesterPhone: "13900002222" })));
    const expected = [first.requestNo, second.requestNo].toSorted();
    expect((await numbersFor(here, "138-0000-1111")).toSorted()).toEqual(expected);
    expect((await numbersFor(here, "0086 138 0000 1111")).toSorted()).toEqual(expected);
    expect(await numbersFor(here, "13800001112")).toEqual([]);
  });

  test("is in the read log for each search, also for one that finds nothing, and the number stands there nowhere", async () => {
    const here = aDesk({ stores: createMemoryStores, keys });
    const known = await given(give(here, "register", aCall({ requesterPhone: NUMBER })));
    const before = here.reads.length;
    await numbersFor(here, "13700003333");
    expect(here.reads.slice(before)).toMatchObject([{ caseIds: [], fields: ["requester.phone (sought)"] }]);
    await numbersFor(here, NUMBER);
    const [, sought] = here.reads.slice(before);
    expect(sought).toMatchObject({ reader: { kind: "user", id: anActor().id }, caseIds: [known.caseId] });
    expect(sought?.purpose).toMatch(/^search by number [0-9a-f]{12}$/);
    expect(JSON.stringify(here.reads.slice(before))).not.toMatch(/13700003333|13800001111/);
  });

  test("never tells who a confidential request came from, and nothing of a number too short to be a caller's", async () => {
    const here = aDesk({ stores: createMemoryStores, keys });
    await given(give(here, "register", aCall({ requesterPhone: NUMBER, confidential: true })));
    await given(give(here, "register", aCall({ requesterPhone: NUMBER, requestKind: "tipOff" })));
    await given(give(here, "register", aCall({ requesterPhone: "110" })));
    expect(await numbersFor(here, NUMBER)).toEqual([]);
    expect(await numbersFor(here, "110")).toEqual([]);
  });

  test("is told also when many confidential ones are newer, and of many the newest twenty", async () => {
    const here = aDesk({ stores: createMemoryStores, keys });
    const first = await given(give(here, "register", aCall({ requesterPhone: NUMBER })));
    for (let n = 0; n < 21; n++)
      await given(give(here, "register", aCall({ requesterPhone: NUMBER, confidential: true })));
    expect(await numbersFor(here, NUMBER)).toEqual([first.requestNo]);
    for (let n = 0; n < 21; n++) await given(give(here, "register", aCall({ requesterPhone: NUMBER })));
    expect(await numbersFor(here, NUMBER)).toHaveLength(20);
  });

  test("is for who works at the desk", async () => {
    const here = aDesk({ stores: createMemoryStores, keys });
    const clerk = anActor({ roles: ["unitClerk"] });
    expect(await findByPhone(here.deps, clerk, NUMBER)).toEqual({ ok: false, error: { code: "FORBIDDEN" } });
    expect(here.reads).toEqual([]);
  });
});
