import { expect, test } from "vitest";
import type { Deps } from "../../src/app/deps.ts";
import { receiveMessage } from "../../src/app/receive-message.ts";
import { DEFAULT_LINKAGE_POLICY } from "../../src/core/linkage/index.ts";
import type { LinkageMessage } from "../../src/core/linkage/index.ts";
import { instantOf } from "../../src/kernel/index.ts";
import type { CaseId, LinkageId, MessageId, NodeCode, RegionCode, RequestNo } from "../../src/kernel/index.ts";
import { createMemoryStores } from "../../src/storage/index.ts";
import { openPassingKeys } from "../setup/passing-keys.ts";

const HOME = "150100" as RegionCode;
const POLICE = "police-150100" as NodeCode;
const HOTLINE = "hotline-150100" as NodeCode;
const CONVERSATION = "0197f3c2-0000-7000-8000-000000000001" as LinkageId;
const CASE = "0197f3c2-0000-7000-8000-000000000002" as CaseId;
const NO = "1501001261122000018" as RequestNo;
const AT = instantOf(1_795_000_000_000);

function aPush(seq: number): LinkageMessage {
  return {
    id: `0197f3c2-0000-7000-8000-00000000001${seq}` as MessageId,
    conversation: CONVERSATION,
    seq,
    sender: HOTLINE,
    receiver: POLICE,
    issuedAt: AT,
    cause: "test",
    lane: "urgent",
    requestNo: NO,
    caseId: CASE,
    body: {
      type: "push",
      k: seq,
      brief: {
        registeredAt: AT,
        channel: "phone",
        place: null,
        requestKind: null,
        field: null,
        requesterType: null,
        confidential: false,
        item: null,
        danger: true,
        sealed: [],
      },
      firstReceiver: { registeredAt: AT, nodeCode: HOTLINE, requestNo: NO },
      parent: null,
      machineSuspected: false,
      regime: "policeRules",
      catalogueVersion: "nmg-2022-89@1",
    },
  };
}

async function aPoliceNode(): Promise<Deps> {
  const clock = { now: () => AT };
  const stores = createMemoryStores(HOME, clock);
  let serial = 0;
  const next = (): string => `0197f3c2-0000-7000-8000-${String(++serial).padStart(12, "9")}`;
  const nothing = (): never => {
    throw new Error("not asked in this test");
  };
  return {
    node: {
      self: POLICE,
      side: "police",
      home: HOME,
      dutyPhone: "110",
      followPolicy: "handOff",
      regime: () => "policeRules",
      callbackAttempts: 3,
      linkagePolicy: DEFAULT_LINKAGE_POLICY,
    },
    rules: () => ({
      catalogueVersion: "nmg-2022-89@1",
      verdictOf: () => null,
      item: () => null,
      placeName: () => null,
      unit: () => null,
      governmentDesk: () => null,
      unitsFor: () => [],
      knownCode: () => true,
    }),
    peers: () => [{ nodeCode: HOTLINE, side: "hotline", regions: [HOME], dutyPhone: "12345" }],
    store: stores.cases,
    inbox: stores.inbox,
    queries: stores.queries,
    readLog: stores.readLog,
    alarmDesk: stores.alarmDesk,
    deadLetterDesk: stores.deadLetterDesk,
    keys: await openPassingKeys(),
    clock,
    ids: { next, random: (size) => new Uint8Array(size) },
    requestNos: { next: nothing },
    wake: { wake: () => undefined },
    phone: { ring: async () => "byHand" },
    seatOnDuty: async () => true,
  };
}

test("of two messages that come at once the later one is folded, whichever looks first (linkage 2.2)", async () => {
  const deps = await aPoliceNode();
  const [first, second] = [aPush(1), aPush(2)];
  // The second looks before the first is consumed, and is kept only after the first has looked for followers.
  const racing: Deps = {
    ...deps,
    inbox: {
      ...deps.inbox,
      keep: async (row) => {
        if (row.message.id === second.id) await receiveMessage(deps, first, []);
        await deps.inbox.keep(row);
      },
    },
  };
  expect(await receiveMessage(racing, second, [])).toMatchObject({ status: "applied" });
  const file = await deps.store.loadFile(CASE);
  expect(file?.linkages[0]).toMatchObject({ seqIn: 2, k: 2 });
  expect(await deps.inbox.nextWaiting(CONVERSATION, HOTLINE, 2)).toBeNull();
});
