import { describe, expect, it } from "vitest";
import type { Session, User } from "../../app/ports/accounts.ts";
import type { Peer } from "../../app/ports/directory.ts";
import type { NodeCode, RegionCode, UserId } from "../../kernel/index.ts";
import { caseIdOf, second } from "../sample-commits.ts";
import type { Harness } from "./harness.ts";

const user: User = {
  id: "u501" as UserId,
  login: "desk-1",
  displayName: "坐席一",
  roles: ["callTaker", "supervisor"],
  regions: ["150100" as RegionCode],
  unit: null,
  active: true,
  demo: false,
};

const session: Session = {
  idHash: "h501",
  userId: user.id,
  csrf: "c",
  createdAt: second(1),
  seenAt: second(1),
  expiresAt: second(3_600),
  onDuty: false,
};

function accountTests(at: () => Harness): void {
  it("keeps accounts; no new hash keeps the old one, no hash at all means nobody can log in", async () => {
    const { accounts } = at();
    await accounts.saveUser(user, null, second(1));
    expect(await accounts.findByLogin("desk-1")).toBeNull();
    await accounts.saveUser(user, "hash", second(2));
    await accounts.saveUser({ ...user, displayName: "坐席二" }, null, second(3));
    expect(await accounts.findByLogin("desk-1")).toEqual({
      user: { ...user, displayName: "坐席二" },
      passwordHash: "hash",
    });
    expect((await accounts.findUser(user.id))?.displayName).toBe("坐席二");
    expect(await accounts.findUser("nobody" as UserId)).toBeNull();
    expect((await accounts.users()).map(({ login }) => login)).toEqual(["desk-1"]);
  });

  it("counts a seat only while it is on duty and its stream is alive", async () => {
    const { accounts } = at();
    await accounts.openSession(session);
    await accounts.markStream("h501", second(10));
    expect(await accounts.seatsOnDuty(second(5))).toBe(0);
    await accounts.setDuty("h501", true);
    expect(await accounts.seatsOnDuty(second(5))).toBe(1);
    expect(await accounts.seatsOnDuty(second(10))).toBe(0);
    await accounts.touchSession("h501", second(20), second(7_200));
    expect((await accounts.findSession("h501"))?.session).toEqual({
      ...session,
      onDuty: true,
      seenAt: second(20),
      expiresAt: second(7_200),
    });
    await accounts.closeSession("h501");
    expect(await accounts.findSession("h501")).toBeNull();
  });

  it("counts no unit's and no operator's session as a seat on duty (nmg:2.2.1)", async () => {
    const { accounts } = at();
    const before = await accounts.seatsOnDuty(second(20));
    const others = [["unitClerk"], ["operator"], ["unitClerk", "operator"]] as const;
    for (const [n, roles] of others.entries()) {
      const id = `u51${n}` as UserId;
      await accounts.saveUser({ ...user, id, login: `other-${n}`, roles }, null, second(0));
      await accounts.openSession({ ...session, userId: id, idHash: `h51${n}`, onDuty: true });
      await accounts.markStream(`h51${n}`, second(21));
    }
    expect(await accounts.seatsOnDuty(second(20))).toBe(before);
  });

  it("ends the open sessions of an account that is switched off", async () => {
    const { accounts } = at();
    await accounts.openSession({ ...session, idHash: "h502" });
    await accounts.saveUser({ ...user, active: false }, null, second(30));
    expect(await accounts.findSession("h502")).toBeNull();
  });
}

export function conformOfRecords(at: () => Harness): void {
  describe("accounts", () => {
    accountTests(at);
  });

  describe("peers and the read log", () => {
    it("keeps peers as they were saved last", async () => {
      const { peers } = at();
      const peer: Peer = {
        nodeCode: "police-150100" as NodeCode,
        side: "police",
        regions: ["150100" as RegionCode],
        url: "http://127.0.0.1:1",
        publicKey: null,
        dutyPhone: "0471-110",
        capability: { protocol: 1 },
      };
      await peers.savePeer(peer);
      await peers.savePeer({ ...peer, publicKey: "04ab" });
      expect(await peers.peers()).toEqual([{ ...peer, publicKey: "04ab" }]);
    });

    it("takes many acts of reading at once, and none", async () => {
      const row = {
        at: second(1),
        reader: { kind: "user", id: "u501" },
        purpose: "handle",
        caseIds: [caseIdOf(1)],
        fields: ["text"],
      } as const;
      await expect(at().readLog.write([row, { ...row, purpose: "print" }])).resolves.toBeUndefined();
      await expect(at().readLog.write([])).resolves.toBeUndefined();
    });
  });
}
