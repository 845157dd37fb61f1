import { beforeEach, describe, expect, test } from "vitest";
import { createMemoryStores } from "../../../test/setup/memory-stores.ts";
import { openPassingKeys } from "../../../test/setup/passing-keys.ts";
import type { ItemCode, NodeCode } from "../../kernel/index.ts";
import type { Deps, Rules } from "../deps.ts";
import {
  aCall,
  aDesk,
  anActor,
  carry,
  give,
  given,
  HOTLINE,
  LAMP,
  onRequest,
  sentBy,
  THEFT,
} from "../desk.test-data.ts";
import type { Desk } from "../desk.test-data.ts";
import { readQueue, readRequest } from "../read-requests.ts";

/** A matter that only the hotline's own version knows. */
const NEW_ITEM = "B09-01" as ItemCode;

let hotline: Desk;
let police: Desk;
/** Versions the police desk keeps besides its own. */
let kept: Map<string, Rules>;
let asked: (readonly [string, NodeCode | null])[];

beforeEach(() => {
  kept = new Map();
  asked = [];
  const desk = (side: "hotline" | "police") => aDesk({ stores: createMemoryStores, keys: openPassingKeys(), side });
  hotline = withRules(desk("hotline"), (rules) => versionOf(rules, "city@2"));
  police = withRules(
    desk("police"),
    (rules) => rules,
    (version, peer) => {
      asked.push([version, peer]);
      return kept.get(version) ?? null;
    },
  );
});

function withRules(desk: Desk, change: (rules: Rules) => Rules, rulesBy?: Deps["rulesBy"]): Desk {
  const rules = change(desk.deps.rules());
  return { ...desk, deps: { ...desk.deps, rules: () => rules, ...(rulesBy && { rulesBy }) } };
}

/** The same items under other names and another clause, and one more. */
function versionOf(rules: Rules, version: string): Rules {
  const base = (item: string) => (item === NEW_ITEM ? THEFT : item);
  return {
    ...rules,
    catalogueVersion: version,
    item: (item) => {
      const card = rules.item(base(item));
      return card === null ? null : { ...card, code: item, nameZh: `${version}的${item}` };
    },
    verdictOf: (item, by) => {
      const found = rules.verdictOf(base(item) as ItemCode, by);
      return found === null
        ? null
        : { ...found, item, catalogueVersion: version, source: "nmg:2.2.5", basis: "agreement" };
    },
  };
}

async function handedOver(item: ItemCode): Promise<Parameters<typeof readRequest>[2]> {
  const known = await given(give(hotline, "register", aCall({}, { item })));
  await given(give(hotline, "handOver", {}, { target: onRequest(known) }));
  const [offer] = sentBy(hotline);
  if (offer === undefined) throw new Error("no offer");
  expect(await carry(hotline, police, offer)).toMatchObject({ status: "applied" });
  return known.requestNo;
}

async function verdictAt(desk: Desk, no: Parameters<typeof readRequest>[2]) {
  const read = await readRequest(desk.deps, anActor(), no);
  if (!read.ok) throw new Error(read.error.code);
  return read.value.verdict;
}

describe("what was judged by another version (P6, REQ-08, REQ-20)", () => {
  test("is taken over unexplained and asked for, and explained by its own version as soon as that is here (nmg:2.2.1)", async () => {
    const no = await handedOver(THEFT);
    const before = await verdictAt(police, no);
    expect(before).toMatchObject({
      item: THEFT,
      catalogueVersion: "city@2",
      by: "peer",
      itemName: "事项",
      wordsOf: "test@1",
    });
    expect(asked).toContainEqual(["city@2", HOTLINE]);
    kept.set("city@2", hotline.deps.rules());
    const after = await verdictAt(police, no);
    expect(after).toMatchObject({ catalogueVersion: "city@2", by: "peer", from: HOTLINE, basis: "agreement" });
    expect(after).toMatchObject({ source: "nmg:2.2.5", itemName: `city@2的${THEFT}` });
    expect(after).not.toHaveProperty("wordsOf");
  });

  test("is taken over also when nobody here knows the item, and named once its version is here", async () => {
    const no = await handedOver(NEW_ITEM);
    expect(await verdictAt(police, no)).toBeNull();
    kept.set("city@2", hotline.deps.rules());
    expect(await verdictAt(police, no)).toMatchObject({
      item: NEW_ITEM,
      itemName: `city@2的${NEW_ITEM}`,
      catalogueVersion: "city@2",
      by: "peer",
      from: HOTLINE,
    });
    const later = withRules(police, () => hotline.deps.rules(), police.deps.rulesBy);
    expect(await verdictAt(later, no)).toMatchObject({ item: NEW_ITEM, catalogueVersion: "city@2", by: "peer" });
  });

  test("is judged by the clause of its own version from the first moment when that is here already", async () => {
    kept.set("city@2", hotline.deps.rules());
    const no = await handedOver(THEFT);
    const [judged] = police.commits.flatMap(({ streams }) =>
      streams.flatMap(({ events }) => events.filter(({ type }) => type === "CaseJudged")),
    );
    expect(judged).toMatchObject({ body: { verdict: { catalogueVersion: "city@2", source: "nmg:2.2.5" } } });
    expect(await verdictAt(police, no)).toMatchObject({ itemName: `city@2的${THEFT}` });
  });

  test("keeps the words of the version it was judged by when another takes effect here", async () => {
    const known = await given(give(police, "register", aCall({}, { item: LAMP })));
    const own = police.deps.rules();
    kept.set("test@1", own);
    const later = withRules(police, (rules) => versionOf(rules, "city@3"), police.deps.rulesBy);
    expect(await verdictAt(later, known.requestNo)).toMatchObject({ catalogueVersion: "test@1", itemName: "事项" });
    const queue = await readQueue(later.deps, anActor(), {
      view: "all",
      status: null,
      item: null,
      place: null,
      unit: null,
      phoneIndex: null,
      regions: null,
      cursor: null,
      limit: 10,
    });
    expect(queue.ok && queue.value.rows[0]).toMatchObject({ item: LAMP, itemName: "事项" });
    const next = await given(give(later, "register", aCall({}, { item: LAMP })));
    expect(await verdictAt(later, next.requestNo)).toMatchObject({
      catalogueVersion: "city@3",
      itemName: `city@3的${LAMP}`,
    });
  });
});
