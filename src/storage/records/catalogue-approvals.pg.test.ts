import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTestDatabase } from "../../../test/setup/test-database.ts";
import type { NodeCode } from "../../kernel/index.ts";
import { migrate } from "../migrate.ts";
import { openStore } from "../open-store.ts";
import type { Store } from "../open-store.ts";
import { HOME, second } from "../sample-commits.ts";
import { createCatalogueApprovals } from "./catalogue-approvals.ts";
import type { KeptApproval } from "./catalogue-approvals.ts";
import { createCatalogueWanted } from "./catalogue-wanted.ts";

const HERE = "hotline-1" as NodeCode;
const THERE = "police-1" as NodeCode;

let store: Store;
let drop: () => Promise<void>;

beforeAll(async () => {
  const database = await createTestDatabase();
  drop = database.drop;
  await migrate(database.url);
  store = openStore(database.url, { home: HOME, max: 2 });
});
afterAll(async () => {
  await store.close();
  await drop();
});

function said(node: NodeCode, digest: string, userId: string | null): KeptApproval<object> {
  const peer = node === HERE ? THERE : HERE;
  return {
    version: "a@1",
    digest,
    node,
    peer,
    approvedAt: second(3),
    userId,
    laidAside: false,
    document: { digest, later: [1] },
  };
}

describe("what desks sign of the catalogue (REQ-20)", () => {
  it("keeps each desk's word once and for ever, also for a text this node does not have", async () => {
    const approvals = createCatalogueApprovals<object>(store, (d) => Object(d));
    expect(await approvals.keep(said(HERE, "d1", "u1"), second(4))).toBe(true);
    expect(await approvals.keep({ ...said(HERE, "d1", "u2"), approvedAt: second(9) }, second(5))).toBe(false);
    expect(await approvals.keep(said(THERE, "d2", null), second(5))).toBe(true);
    expect(await approvals.approvals()).toEqual([said(HERE, "d1", "u1"), said(THERE, "d2", null)]);
    expect(await approvals.findApproval(said(THERE, "d1", null))).toBeNull();
    expect(await approvals.findApproval(said(THERE, "d2", null))).toEqual(said(THERE, "d2", null));
  });

  it("sends this node's own word until the peer has signed that it holds it", async () => {
    const approvals = createCatalogueApprovals<object>(store, (d) => Object(d));
    expect(await approvals.unheld(HERE)).toEqual([said(HERE, "d1", "u1")]);
    await approvals.held(said(HERE, "d1", "u1"), { receipt: true }, second(6));
    await approvals.held(said(HERE, "d1", "u1"), { receipt: "again" }, second(7));
    expect(await approvals.unheld(HERE)).toEqual([]);
  });
});

describe("versions that a peer named and nobody here keeps", () => {
  it("are asked for when they are due, until they are kept or cannot be used", async () => {
    const wanted = createCatalogueWanted(store);
    expect(await wanted.want("b@1", THERE, second(1))).toBe(true);
    expect(await wanted.want("b@1", THERE, second(2))).toBe(false);
    expect(await wanted.due(second(0))).toEqual([]);
    expect(await wanted.due(second(1))).toMatchObject([{ version: "b@1", peer: THERE, tries: 0, problems: [] }]);
    await wanted.tryAgain("b@1", THERE, second(60));
    expect(await wanted.due(second(59))).toEqual([]);
    expect(await wanted.due(second(60))).toMatchObject([{ tries: 1 }]);
    const problems = [{ file: "items.csv", row: 3, code: "SIDE_UNKNOWN", detail: "x" }];
    await wanted.setAside("b@1", THERE, problems, { content: "as it came" });
    expect(await wanted.due(second(9_999))).toEqual([]);
    expect(await wanted.wanted()).toMatchObject([{ version: "b@1", nextAt: null, problems }]);
    await wanted.forget("b@1");
    expect(await wanted.wanted()).toEqual([]);
  });

  it("are few for one peer, whatever it says, and other peers are not harmed by it", async () => {
    const wanted = createCatalogueWanted(store);
    for (let n = 0; n < 70; n++) await wanted.want(`c@${n}`, THERE, second(1));
    expect((await wanted.wanted()).filter(({ peer }) => peer === THERE)).toHaveLength(64);
    expect(await wanted.want("c@1", "police-2" as NodeCode, second(1))).toBe(true);
  });

  it("takes what an operator asks for also when the list is full, anew and at once", async () => {
    const wanted = createCatalogueWanted(store);
    await wanted.setAside("c@1", THERE, [], {});
    await wanted.ask("c@1", THERE, second(50));
    await wanted.ask("d@1", THERE, second(50));
    const asked = (await wanted.due(second(50))).filter(({ version }) => version === "d@1" || version === "c@1");
    expect(asked).toMatchObject([
      { version: "c@1", peer: "police-2", tries: 0 },
      { version: "c@1", peer: THERE, tries: 0, askedAt: second(50) },
      { version: "d@1", peer: THERE, tries: 0, askedAt: second(50) },
    ]);
  });

  it("leave the list when nothing came of them for long, and there is room again", async () => {
    const wanted = createCatalogueWanted(store);
    expect(await wanted.want("e@1", THERE, second(60))).toBe(false);
    const gone = await wanted.giveUp(second(2));
    expect(gone).toHaveLength(64);
    expect((await wanted.wanted()).map(({ version }) => version)).toEqual(["c@1", "d@1"]);
    expect(await wanted.want("e@1", THERE, second(60))).toBe(true);
  });
});
