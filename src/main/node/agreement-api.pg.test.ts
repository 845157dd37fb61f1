import { Errors } from "typebox/value";
import { beforeEach, describe, expect, test, vi } from "vitest";
import type { ActingUser } from "../../app/sessions/index.ts";
import { AgreementBoard, VersionChanges } from "../../http/contract/index.ts";
import type { RegionCode } from "../../kernel/index.ts";
import { aCityFolder } from "../../../test/setup/catalogue-desks.ts";
import type { TestDesk } from "../../../test/setup/catalogue-desks.ts";
import { CITY, OPERATOR, PLAN, twoDesks } from "../../../test/setup/two-desks.ts";
import { agreementApi } from "./agreement-api.ts";
import type { AgreementApi } from "./agreement-api.ts";

// Two databases, real signatures in threads.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const pair = twoDesks();
const user = (roles: ActingUser["roles"]): ActingUser => ({
  id: OPERATOR,
  roles,
  regions: ["150100" as RegionCode],
  unit: null,
  onDuty: false,
  sessionHash: "",
  displayName: "值班长",
});
const SUPERVISOR = user(["supervisor"]);
const woken: string[] = [];

function apiOf(desk: TestDesk): AgreementApi {
  const named = {
    id: OPERATOR,
    login: "super",
    displayName: "值班长",
    roles: ["supervisor" as const],
    regions: [],
    unit: null,
    active: true,
    demo: false,
  };
  return agreementApi({
    deps: {
      node: { home: "150100" as RegionCode },
      peers: () =>
        desk.peers.map(({ nodeCode }) => ({ nodeCode, side: "police" as const, regions: [], dutyPhone: "000" })),
      keys: desk.keys,
      wake: { wake: (topic) => void woken.push(topic) },
    },
    desk: desk.desk(),
    accounts: { users: async () => [named] },
  });
}

async function board(api: AgreementApi): Promise<AgreementBoard> {
  const shown = await api.agreement(SUPERVISOR);
  if (!shown.ok) throw new Error(shown.error.code);
  expect([...Errors(AgreementBoard, shown.value)]).toEqual([]);
  return shown.value;
}

async function codeOf(
  answer: Promise<{ readonly ok: boolean; readonly error?: { readonly code: string } }>,
): Promise<string> {
  const { ok: done, error } = await answer;
  return done ? "done" : (error?.code ?? "");
}

describe("the page on which a version is agreed (nmg:2.2.5, yn:4.1.1, REQ-20)", () => {
  let hotline: TestDesk;
  let police: TestDesk;
  beforeEach(() => {
    [hotline, police] = [pair.hotline(), pair.police()];
    woken.length = 0;
  });

  test("is for those who may sign and for nobody else (nmg:2.3.2)", async () => {
    const api = apiOf(hotline);
    for (const roles of [["callTaker"], ["dispatcher"], ["unitClerk"]] as const) {
      const actor = user(roles);
      const body = { version: PLAN, digest: "", peer: police.self };
      expect([
        await codeOf(api.agreement(actor)),
        await codeOf(api.versionChanges(actor, PLAN)),
        await codeOf(api.approveVersion(actor, body)),
      ]).toEqual(["FORBIDDEN", "FORBIDDEN", "FORBIDDEN"]);
    }
    // A version binds the whole node: the supervisor of one county of it does not sign.
    const ofOneCounty = { ...SUPERVISOR, regions: ["150102" as RegionCode] };
    expect(await codeOf(api.agreement(ofOneCounty))).toBe("FORBIDDEN");
    expect(await codeOf(api.approveVersion(ofOneCounty, { version: PLAN, digest: "", peer: police.self }))).toBe(
      "FORBIDDEN",
    );
    expect(await codeOf(api.agreement(user(["operator"])))).toBe("done");
    expect(await hotline.desk().approvals.approvals()).toEqual([]);
  });

  test("shows what differs, signs the text that was looked at, and follows it to both desks and into force", async () => {
    const [here, there] = [apiOf(hotline), apiOf(police)];
    await pair.imported(hotline, await aCityFolder(pair.top()));
    const before = await board(here);
    expect(before.inForce).toMatchObject({ version: PLAN, signedBy: [] });
    const draft = before.versions.find(({ version }) => version === CITY);
    expect(draft).toMatchObject({ kept: "draft", refusal: null, with: [{ state: "draft", here: null, there: null }] });
    const changes = await here.versionChanges(SUPERVISOR, CITY);
    if (!changes.ok) throw new Error(changes.error.code);
    expect([...Errors(VersionChanges, changes.value)]).toEqual([]);
    const reason = changes.value.rows.find(({ code }) => code === "duplicate");
    expect(reason).toMatchObject({
      list: "returnReasons",
      kind: "changed",
      nameEn: "Said before",
      document: "minutes3",
    });

    const digest = draft?.digest ?? "";
    const sign = (api: AgreementApi, peer: string, change: object = {}): Promise<string> =>
      codeOf(api.approveVersion(SUPERVISOR, { version: CITY, digest, peer, ...change }));
    expect([
      await sign(here, police.self, { digest: "ab".repeat(32) }),
      await sign(here, "nobody"),
      await sign(here, police.self, { version: "city-1501@9" }),
    ]).toEqual(["VERSION_DIFFERS", "PEER_UNKNOWN", "VERSION_UNKNOWN"]);
    expect(woken).toEqual([]);
    expect(await sign(here, police.self)).toBe("done");
    expect(woken).toEqual(["catalogue"]);
    const cityAt = async (api: AgreementApi) => (await board(api)).versions.find(({ version }) => version === CITY);
    expect(await cityAt(here)).toMatchObject({
      with: [{ state: "approvedHere", here: { by: "值班长", held: false } }],
    });

    await hotline.turn();
    expect(await board(there)).toMatchObject({ elsewhere: [{ version: CITY, peer: hotline.self, why: "notHere" }] });
    await pair.turns();
    expect(await cityAt(here)).toMatchObject({ with: [{ here: { held: true } }] });
    expect(await cityAt(there)).toMatchObject({
      kept: "foreign",
      fetchedFrom: hotline.self,
      with: [{ state: "approvedThere", here: null }],
    });
    expect(await sign(there, hotline.self)).toBe("done");
    await pair.turns();
    for (const api of [here, there]) {
      const shown = await board(api);
      expect(shown.inForce).toMatchObject({ version: CITY, signedBy: [hotline.self, police.self] });
      expect(shown.versions.map(({ version, refusal }) => [version, refusal])).toEqual([
        [CITY, null],
        [PLAN, "VERSION_STATE"],
      ]);
      expect(shown.elsewhere).toEqual([]);
    }
  });
});
