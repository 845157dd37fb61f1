import type { LightMyRequestResponse } from "fastify";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { isPresented } from "../../app/present-brand.ts";
import { ACTS, COMMANDS, READS } from "../../http/contract/index.ts";
import type { RegionCode } from "../../kernel/index.ts";
import { aNode, SAID, WORKS } from "./a-node.test-data.ts";
import type { TestNode } from "./a-node.test-data.ts";

/** A step that the tests stand on; without it nothing below means anything. */
function done(answer: LightMyRequestResponse, status: number): void {
  if (answer.statusCode !== status) throw new Error(`${answer.statusCode} ${answer.body}`);
}

type Node = TestNode;

describe("the application as shipped, behind the server as shipped (nmg:2.3.2)", () => {
  let node: Node;
  let taker: Awaited<ReturnType<Node["seat"]>>;
  let clerk: Awaited<ReturnType<Node["seat"]>>;
  let no = "";

  beforeAll(async () => {
    node = await aNode();
    taker = await node.seat({ login: "taker", roles: ["callTaker", "dispatcher"], unit: null });
    clerk = await node.seat({ login: "clerk", roles: ["unitClerk"], unit: WORKS });
    const fields = { channel: "phone", text: SAID, requesterPhone: "13800001111", requesterName: "诉求人甲" };
    const registered = await taker.give("/requests", { fields, item: "A01-01" });
    no = registered.json<{ requestNo: string }>().requestNo;
    done(registered, 201);
    done(await taker.give(`/requests/${no}/accept`, {}), 200);
    done(await taker.give(`/requests/${no}/dispatch`, { kind: "work", unit: WORKS }), 200);
  });

  afterAll(() => node.server.close());

  const good = (answer: LightMyRequestResponse) => {
    expect([answer.statusCode, answer.json().code]).toEqual([200, undefined]);
    return answer.body;
  };

  test("every read of the contract that shows a request passes the door and leaves a row in the read log", async () => {
    const paths: Record<string, () => Promise<LightMyRequestResponse>> = {
      queue: () => taker.read("/requests?view=all"),
      request: () => taker.read(`/requests/${no}`),
      timeline: () => taker.read(`/requests/${no}/timeline`),
      unitOrders: () => clerk.read("/orders"),
    };
    const doors = Object.entries(READS).filter(([, row]) => row.door);
    expect(doors.map(([name]) => name).sort()).toEqual(Object.keys(paths).sort());
    for (const read of Object.values(paths)) {
      const [before, seen] = [node.reads.length, node.shown.length];
      expect(good(await read())).toContain(no);
      expect(node.reads.length).toBe(before + 1);
      expect(node.shown.slice(seen).map(isPresented)).toEqual([true]);
    }
  });

  test("a reveal passes the door with its reason in the read log, and only it shows the number to the desk", async () => {
    expect(good(await taker.read(`/requests/${no}`))).toContain("138****1111");
    const revealed = good(await taker.give(`/requests/${no}/reveal`, { field: "requester.phone", reason: "回访" }));
    expect(revealed).toContain("13800001111");
    expect(node.reads.at(-1)).toMatchObject({ purpose: "reveal: 回访", fields: ["requester.phone"] });
  });

  test("an answer to a command is read through the door as well", async () => {
    const before = node.reads.length;
    expect(good(await taker.give(`/requests/${no}/amend`, { fields: {}, note: "又来电" }))).toContain("又来电");
    expect(node.reads.length).toBe(before + 1);
    expect(
      Object.values(ACTS)
        .filter((row) => row.door)
        .map((row) => row.path),
    ).toEqual(["/requests", "/requests/:no/reveal", "/requests/search"]);
    expect(Object.keys(COMMANDS).length).toBeGreaterThan(20);
  });

  test("a search by number goes through the door and is on record, also one that finds nothing (nmg:2.3.2)", async () => {
    const found = good(await taker.give("/requests/search", { phone: "138-0000-1111" }));
    expect(found).toContain(no);
    expect(found).not.toMatch(/1380000|诉求人甲/);
    const before = node.reads.length;
    expect(good(await taker.give("/requests/search", { phone: "13700003333" }))).toBe('{"rows":[],"next":null}');
    expect(node.reads.length).toBe(before + 1);
  });

  test("no route that is not behind the door tells what was said or who called", async () => {
    const open = Object.values(READS).filter((row) => !row.door && row.path !== "/stream");
    const answers = await Promise.all(open.map((row) => taker.read(row.path)));
    const status = await node.server.inject({ url: `/api/public/status?no=${no}&code=AAAAAA` });
    for (const answer of [...answers, status])
      for (const secret of ["路灯不亮", "13800001111", "诉求人甲", "138****1111"])
        expect(answer.body).not.toContain(secret);
    expect(answers.length).toBeGreaterThan(5);
  });

  test("red marks and frames of a matter reach only desks of its divisions, one without a place everybody (nmg:2.3.2)", async () => {
    const [there, elsewhere] = await Promise.all(
      ["150102", "150103"].map((code) =>
        node.seat({ login: `d${code}`, roles: ["callTaker"], unit: null, regions: [code as RegionCode] }),
      ),
    );
    if (there === undefined || elsewhere === undefined) throw new Error("two seats");
    const register = async (fields: object): Promise<{ requestNo: string; caseId: string }> =>
      (await taker.give("/requests", { fields: { channel: "phone", ...fields }, danger: true })).json();
    const before = await node.api.feed.since(null, 1);
    const placed = await register({ place: "150102" });
    const unplaced = await register({});
    const marked = async (seat: typeof there): Promise<readonly boolean[]> => {
      const { rows } = (await seat.read("/alarms")).json<{ rows: { requestNo: string }[] }>();
      return [placed, unplaced].map(({ requestNo }) => rows.some((row) => row.requestNo === requestNo));
    };
    const frames = (await node.api.feed.since(before?.cursor ?? null, 100))?.rows ?? [];
    const heard = async (seat: typeof there): Promise<readonly boolean[]> =>
      [placed, unplaced].map(({ caseId }) =>
        frames.some((frame) => frame.caseId === caseId && node.api.mayHear(seat.actor, frame)),
      );
    for (const look of [marked, heard]) {
      expect(await look(taker)).toEqual([true, true]);
      expect(await look(there)).toEqual([true, true]);
      expect(await look(elsewhere)).toEqual([false, true]);
    }
    const mark = (await there.read("/alarms"))
      .json<{ rows: { kind: string; subject: string; requestNo: string }[] }>()
      .rows.find((row) => row.requestNo === placed.requestNo);
    const answer = { kind: mark?.kind, subject: mark?.subject, outcome: "reached" };
    expect((await elsewhere.give("/alarms/acknowledge", answer)).json()).toMatchObject({ code: "ALARM_UNKNOWN" });
    expect((await there.give("/alarms/acknowledge", answer)).statusCode).toBe(204);
  });
});

describe("a number to dial (nmg:2.2.1)", () => {
  type Mark = { kind: string; subject: string; requestNo: string; dial: string | null; acknowledgedAt: string | null };
  type Entry = { type: string; by: { name: string }; details: object; texts: { view: { value: string } }[] };

  async function toDial() {
    const node = await aNode();
    const taker = await node.seat({ login: "taker", roles: ["callTaker"], unit: null });
    const { requestNo } = (await taker.give("/requests", { fields: { channel: "phone" }, danger: true })).json<Mark>();
    const mark = async () =>
      (await taker.read("/alarms")).json<{ rows: Mark[] }>().rows.find((row) => row.dial !== null && row.requestNo);
    const { kind, subject } = { kind: "", subject: "", ...(await mark()) };
    const call = async (outcome: string, key?: string | null) =>
      (await taker.give("/alarms/acknowledge", { kind, subject, outcome }, key)).statusCode;
    const calls = async () =>
      (await taker.read(`/requests/${requestNo}/timeline`))
        .json<{ rows: Entry[] }>()
        .rows.filter(({ type }) => type === "CallMade");
    return { node, taker, requestNo, mark, call, calls, kind };
  }

  test("what was dialled, by whom and what came of it stands in the request's timeline, words sealed until they are shown", async () => {
    const { mark, call, calls, kind } = await toDial();
    expect(await mark()).toMatchObject({ dial: "110", acknowledgedAt: null });
    expect(await call("handedOverByVoice: 110 值班长 13800001111 已接")).toBe(204);
    const [entry, ...more] = await calls();
    expect(entry).toMatchObject({
      by: { name: "taker" },
      details: { dial: "110", about: [kind], result: "handedOverByVoice" },
      texts: [{ view: { showing: "clear", value: expect.stringContaining("值班长") } }],
    });
    expect(more).toEqual([]);
    expect(JSON.stringify(await mark())).not.toContain("值班长");
    expect(await call("reached")).toBe(404);
  });

  test("one key is one call, however often it is sent; without a key the call is taken all the same (P3)", async () => {
    const { call, calls } = await toDial();
    const key = "3f0c6b52-6a52-4f0b-9d4e-0f6f4a1f7a11";
    expect([await call("noAnswer", key), await call("noAnswer", key), await call("busy", key)]).toEqual([
      204, 204, 422,
    ]);
    expect(await calls()).toHaveLength(1);
    expect([await call("busy", null), await call("reached", "no key")]).toEqual([204, 204]);
    expect(await calls()).toHaveLength(3);
  });

  test("that nobody answered is asked for again within 30 seconds, as often as it takes; reached once it is not", async () => {
    const { node, mark, call, calls } = await toDial();
    for (const outcome of ["noAnswer", "busy"]) {
      expect(await call(outcome)).toBe(204);
      expect((await mark())?.acknowledgedAt).not.toBeNull();
      node.pass(25_000);
      expect((await mark())?.acknowledgedAt).toBeNull();
    }
    expect(await call("reached")).toBe(204);
    node.pass(3_600_000);
    expect((await mark())?.acknowledgedAt).not.toBeNull();
    expect((await calls()).map(({ details }) => details)).toMatchObject(
      ["noAnswer", "busy", "reached"].map((result) => ({ result })),
    );
  });
});

test("each desk is offered the units it orders itself, 110 the police ones (nmg:2.2.1)", async () => {
  for (const [side, unit] of [
    ["hotline", WORKS],
    ["police", "x-patrol"],
  ] as const) {
    const node = await aNode(side);
    const taker = await node.seat({ login: "taker", roles: ["callTaker", "dispatcher"], unit: null });
    const codes = async (query: string) =>
      (await taker.read(`/units${query}`)).json<{ rows: { code: string }[] }>().rows.map(({ code }) => code);
    expect(await codes("")).toEqual([unit]);
    expect(await codes("?kind=police")).toEqual(["x-patrol"]);
  }
});
