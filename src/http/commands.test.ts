import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { COMMANDS } from "./contract/index.ts";
import type { CommandName } from "./contract/index.ts";
import { CASE_ID, NO, openTestDesk } from "./test-desk.ts";

const KEY = "idempotency-key";

test("a command reaches the application with who, what, key and If-Match, and answers with the ETag", async () => {
  const desk = await openTestDesk();
  const seat = await desk.logIn("taker");
  const key = randomUUID();
  const answer = await seat.command(`/requests/${NO}/judge`, { item: "A01-05" }, { [KEY]: key, "if-match": '"7"' });
  expect(answer.statusCode).toBe(200);
  expect(answer.headers["etag"]).toBe('"8"');
  expect(answer.headers["x-request-id"]).toMatch(/^[0-9a-f-]{36}$/);
  expect(answer.json()).toMatchObject({ requestNo: NO, repeated: false, view: { requestNo: NO, verdict: null } });
  const [actor, ...rest] = desk.asked[0]?.args ?? [];
  expect(actor).toMatchObject({ id: "user-taker", displayName: "taker" });
  expect(rest).toEqual(["judge", { no: NO }, key, "7", { item: "A01-05" }]);
});

test("every command needs a UUID as Idempotency-Key, danger excepted (nmg:2.2.1)", async () => {
  const desk = await openTestDesk();
  const seat = await desk.logIn("supervisor");
  for (const [name, row] of Object.entries(COMMANDS)) {
    const url = `/api${row.path.replace(":no", NO).replace(":id", CASE_ID)}`;
    const missing = await seat.send({ method: "POST", url, payload: bodyOf(name as CommandName) });
    const invalid = await seat.send({
      method: "POST",
      url,
      payload: bodyOf(name as CommandName),
      headers: { [KEY]: "abc" },
    });
    const codes = [missing.json().code ?? 200, invalid.json().code ?? 200];
    const danger = name === "danger" || name === "orderDanger";
    expect([name, ...codes]).toEqual(
      danger ? [name, 200, 200] : [name, "IDEMPOTENCY_KEY_MISSING", "IDEMPOTENCY_KEY_INVALID"],
    );
  }
});

test("refusals of the application come out as problem details in both languages with the clause", async () => {
  const desk = await openTestDesk();
  const seat = await desk.logIn("taker");
  desk.refuseWith({ code: "IDEMPOTENCY_KEY_REUSED" });
  expect((await seat.command(`/requests/${NO}/accept`)).statusCode).toBe(422);
  desk.refuseWith({ code: "ETAG_STALE" });
  expect((await seat.command(`/requests/${NO}/accept`)).statusCode).toBe(412);
  desk.refuseWith({ code: "FACTS_MISSING", params: { fields: ["requestKind", "requesterType"] } });
  const answer = await seat.command(`/requests/${NO}/accept`);
  expect(answer.statusCode).toBe(422);
  expect(answer.headers["content-type"]).toBe("application/problem+json; charset=utf-8");
  expect(answer.json()).toEqual({
    type: "/api/problems#FACTS_MISSING",
    title: "办结前还须填写：诉求类型、诉求人类别",
    titleEn: "Before it is concluded these must be filled in: kind of request, type of requester",
    status: 422,
    code: "FACTS_MISSING",
    source: "nmg:2.1",
    params: { fields: ["requestKind", "requesterType"] },
    requestId: answer.headers["x-request-id"],
  });
});

test("a field that does not fit is named in both languages with the reason and an example", async () => {
  const desk = await openTestDesk();
  const seat = await desk.logIn("taker");
  const answer = await seat.command("/requests", { fields: { place: "15", colour: "red" } });
  expect(answer.statusCode).toBe(400);
  expect(answer.json()).toMatchObject({
    code: "SCHEMA_INVALID",
    params: {
      errors: expect.arrayContaining([
        { path: "/fields/colour", zh: "“colour”不是已知字段", en: "colour is not a known field" },
        { path: "/fields/place", zh: "“行政区划”格式不对", en: "division has the wrong form", example: "150102" },
      ]),
    },
  });
  const number = await seat.send({ url: "/api/requests/17" });
  expect(number.json()).toMatchObject({
    code: "SCHEMA_INVALID",
    titleEn: "Not valid: request number has the wrong form",
  });
  const badView = await seat.send({ url: "/api/requests?view=none" });
  expect(badView.json().titleEn).toContain("must be one of: mine, incoming");
  const noView = await seat.send({ url: "/api/requests" });
  expect(noView.json().titleEn).toBe("Not valid: view is missing");
  expect(desk.asked).toEqual([]);
});

test("bad JSON, another media type and a body over 256 KB have their own codes", async () => {
  const desk = await openTestDesk();
  const seat = await desk.logIn("taker");
  const post = (payload: string, type: string) =>
    seat.send({
      method: "POST",
      url: `/api/requests/${NO}/amend`,
      payload,
      headers: { "content-type": type, [KEY]: randomUUID() },
    });
  expect((await post("{", "application/json")).json().code).toBe("JSON_INVALID");
  expect((await post("a=b", "application/x-www-form-urlencoded")).json().code).toBe("MEDIA_TYPE");
  const long = JSON.stringify({ fields: { text: "长".repeat(100_000) } });
  expect((await post(long, "application/json")).json()).toMatchObject({ code: "BODY_TOO_LARGE", status: 413 });
});

test("a command without a body is an empty one, with or without a media type", async () => {
  const desk = await openTestDesk();
  const seat = await desk.logIn("taker");
  for (const headers of [{}, { "content-type": "application/json" }]) {
    const key = { [KEY]: randomUUID() };
    const answer = await seat.send({
      method: "POST",
      url: `/api/requests/${NO}/accept`,
      headers: { ...key, ...headers },
    });
    expect(answer.statusCode).toBe(200);
  }
});

test("a registration answers 201 with the request's address", async () => {
  const desk = await openTestDesk();
  const seat = await desk.logIn("taker");
  const answer = await seat.command("/requests", { fields: { text: "路灯不亮" } });
  expect([answer.statusCode, answer.headers["location"]]).toEqual([201, `/api/requests/${NO}`]);
});

test("a registration that says danger is never refused for its form, and loses no word (nmg:2.2.1)", async () => {
  const desk = await openTestDesk();
  const seat = await desk.logIn("taker");
  const answer = await seat.send({
    method: "POST",
    url: "/api/requests",
    payload: {
      danger: true,
      item: "wrong",
      colour: "red",
      fields: { text: "有人持刀", requesterPhone: "打不通的那个", place: "15", floor: 3 },
    },
  });
  expect(answer.statusCode).toBe(201);
  expect(answer.json().corrected).toEqual(["colour", "floor", "item", "place", "requesterPhone"]);
  expect(desk.asked[0]?.args[2]).toEqual({
    danger: true,
    fields: {
      text: expect.stringMatching(/^有人持刀\n(\[\w+\] .+\n?){5}$/),
    },
  });
  for (const body of [
    { danger: true },
    { danger: true, fields: 7 },
    { danger: true, fields: { text: "长".repeat(30_000) } },
  ]) {
    const pushed = await seat.send({ method: "POST", url: "/api/requests", payload: body });
    expect(pushed.statusCode).toBe(201);
  }
});

test("a registration that says danger in broken JSON is taken, its text is what was said (nmg:2.2.1)", async () => {
  const desk = await openTestDesk();
  const seat = await desk.logIn("taker");
  const post = (payload: string) =>
    seat.send({ method: "POST", url: "/api/requests", payload, headers: { "content-type": "application/json" } });
  const broken = '{"danger": true, "fields": {"text": "有人持刀';
  const answer = await post(broken);
  expect([answer.statusCode, answer.json().corrected]).toEqual([201, ["body"]]);
  expect(desk.asked[0]?.args[2]).toEqual({ danger: true, fields: { text: `[body] ${broken}` } });
  expect((await post('{"danger": false, "fields": {"text": "路灯')).json().code).toBe("JSON_INVALID");
  expect(desk.asked).toHaveLength(1);
});

test("of a text longer than the form a danger keeps everything, and of an endless one both ends (P3, P4)", async () => {
  const desk = await openTestDesk();
  const seat = await desk.logIn("taker");
  const threat = "今晚就点火";
  const whole = `${"长".repeat(45_000)}${threat}`;
  const endless = `${"a".repeat(150_000)}${threat}`;
  const register = (text: string) =>
    seat.send({ method: "POST", url: "/api/requests", payload: { danger: true, fields: { text, place: "15" } } });
  expect((await register(whole)).statusCode).toBe(201);
  expect((await register(endless)).statusCode).toBe(201);
  const note = { method: "POST", url: `/api/orders/${CASE_ID}/danger`, payload: { note: endless } } as const;
  expect((await seat.send(note)).statusCode).toBe(200);
  expect(JSON.stringify(desk.asked[0]?.args).includes(whole)).toBe(true);
  const [, registered, noted] = desk.asked.map((a) => JSON.stringify(a.args));
  for (const kept of [registered, noted]) {
    expect(/〔此处略去 900\d\d 字 \/ 900\d\d characters left out here〕/.test(kept ?? "")).toBe(true);
    expect(/a{19990}\\n……〔/.test(kept ?? "")).toBe(true);
    expect(kept?.includes(threat)).toBe(true);
  }
});

test("a danger command is not refused for its body, its ETag or its key (nmg:2.2.1)", async () => {
  const desk = await openTestDesk();
  const seat = await desk.logIn("clerk");
  const url = `/api/orders/${CASE_ID}/danger`;
  for (const payload of [{}, { note: "" }, { note: 7, x: 1 }, { note: "动手了" }]) {
    const answer = await seat.send({ method: "POST", url, payload, headers: { "if-match": "broken" } });
    expect(answer.statusCode).toBe(200);
  }
  expect((await seat.send({ method: "POST", url })).statusCode).toBe(200);
  const headers = { "content-type": "application/json" };
  const broken = await seat.send({ method: "POST", url, payload: '{"note":"有刀', headers });
  expect([broken.statusCode, broken.json().corrected]).toEqual([200, ["body"]]);
  expect(desk.asked.map((a) => a.args[4])).toEqual([null, null, null, null, null, null]);
  expect(desk.asked.map((a) => a.args[5])).toEqual([
    {},
    {},
    { note: "[note] 7\n[x] 1" },
    { note: "动手了" },
    {},
    { note: '{"note":"有刀' },
  ]);
});

test("a caller gone wild is slowed down, but danger, shown and sign never are (nmg:2.2.1)", async () => {
  const desk = await openTestDesk({ sessionAllowance: { burst: 4, perSecond: 1 } });
  const seat = await desk.logIn("supervisor");
  await seat.send({ method: "PUT", url: "/api/session/duty", payload: { onDuty: true } });
  const codes: (string | number)[] = [];
  for (let i = 0; i < 5; i++) codes.push((await seat.command(`/requests/${NO}/accept`)).statusCode);
  expect(codes).toEqual([200, 200, 200, 429, 429]);
  const slowed = await seat.command("/requests", { fields: {} });
  expect([slowed.statusCode, slowed.headers["retry-after"]]).toEqual([429, "1"]);
  const through = [
    await seat.command(`/requests/${NO}/danger`),
    await seat.command(`/orders/${CASE_ID}/danger`),
    await seat.command(`/linkages/${CASE_ID}/shown`, { pushNo: 1 }),
    await seat.command(`/linkages/${CASE_ID}/sign`),
    await seat.command("/requests", { fields: {}, danger: true }),
  ];
  expect(through.map((a) => a.statusCode)).toEqual([200, 200, 200, 200, 201]);
  desk.passMs(2_000);
  expect((await seat.command(`/requests/${NO}/accept`)).statusCode).toBe(200);
});

function bodyOf(name: CommandName): object {
  const text = "x";
  const bodies: Partial<Record<CommandName, object>> = {
    shown: { pushNo: 1 },
    amend: { fields: {} },
    judge: { item: "A01-05" },
    guide: { reason: "other", guidance: text },
    answer: { answer: text },
    dispatch: { kind: "work", unit: "U1" },
    recordInitialResponse: { manner: "byPhone", entry: text },
    conclude: { resolution: "solved", result: text },
    callBack: { outcome: "reached" },
    rate: { satisfaction: 5 },
    reopen: { reason: "other" },
    return: { reason: "other", basis: text, proposedOwner: text },
    withdraw: { reason: "keep" },
    rule: { to: "police-150100", ground: "consultation", decision: "会商决定" },
    endDanger: { outcome: "handled" },
    notify: { text },
    askSupport: { what: text },
    declineSupport: { reason: text },
    endSupport: { result: text },
    endJoint: { outcome: "settled", result: text },
    reply: { resolution: "solved", reply: text },
    recall: { reason: "other" },
    pauseClock: { reason: "other" },
    awaitRequester: { days: 3, note: text },
    askExtension: { amount: 1, reason: "other", note: text },
    refuseExtension: { reason: "other", note: text },
  };
  return bodies[name] ?? {};
}

const WORDS = "有人持刀，在新华广场";
const JSON_TYPE = "application/json";
const FORM_TYPE = "application/x-www-form-urlencoded";

test.each([
  ["fields as text", JSON_TYPE, JSON.stringify({ danger: true, fields: WORDS }), ["fields"]],
  ["fields as a list", JSON_TYPE, JSON.stringify({ danger: true, fields: [{ text: WORDS }] }), ["fields"]],
  ["a name with a slash", JSON_TYPE, JSON.stringify({ danger: true, fields: { "a/b": WORDS } }), ["a/b"]],
  ["a word of its own", JSON_TYPE, JSON.stringify({ danger: true, fields: {}, text: WORDS }), ["text"]],
  ["text in quotes", JSON_TYPE, JSON.stringify({ danger: "true", fields: { text: WORDS } }), ["danger"]],
  ["a number", JSON_TYPE, JSON.stringify({ danger: 1, fields: { text: WORDS } }), ["danger"]],
  ["True", JSON_TYPE, `{"danger": True, "fields": {"text": "${WORDS}"}}`, ["body"]],
  ["single quotes", JSON_TYPE, `{'danger': true, 'fields': {'text': '${WORDS}'}}`, ["body"]],
  ["unquoted", JSON_TYPE, `{danger: 'yes', text: "${WORDS}"}`, ["body"]],
  ["plain text that is JSON", "text/plain", JSON.stringify({ danger: true, fields: { text: WORDS } }), undefined],
  ["a type that is none", "json", JSON.stringify({ danger: true, fields: { text: WORDS } }), undefined],
  ["a form", FORM_TYPE, new URLSearchParams({ danger: "on", text: WORDS }).toString(), ["danger", "text"]],
])(
  "a registration that says danger keeps its words in any form: %s (P3, P4)",
  async (_name, type, payload, corrected) => {
    const desk = await openTestDesk();
    const seat = await desk.logIn("taker");
    const answer = await seat.send({
      method: "POST",
      url: "/api/requests",
      payload,
      headers: { "content-type": type },
    });
    expect([answer.statusCode, answer.json().corrected]).toEqual([201, corrected]);
    expect(desk.asked[0]?.args[2]).toMatchObject({ danger: true, fields: { text: expect.stringContaining(WORDS) } });
  },
);

test.each([
  ["plain text", "text/plain", WORDS, ["body"]],
  ["a JSON text", JSON_TYPE, JSON.stringify(WORDS), ["body"]],
  ["a list", JSON_TYPE, JSON.stringify([WORDS]), ["body"]],
  ["another name", JSON_TYPE, JSON.stringify({ text: WORDS }), ["text"]],
  ["a note of another type", JSON_TYPE, JSON.stringify({ note: { said: WORDS } }), ["note"]],
  ["a desk that is none", JSON_TYPE, JSON.stringify({ to: { said: WORDS } }), ["to"]],
  ["a form", FORM_TYPE, new URLSearchParams({ note: WORDS }).toString(), undefined],
  ["single quotes", JSON_TYPE, `{'note': '${WORDS}'}`, ["body"]],
])("a danger keeps its words in any form: %s (P3, P4)", async (_name, type, payload, corrected) => {
  const desk = await openTestDesk();
  const seat = await desk.logIn("taker");
  const url = `/api/requests/${NO}/danger`;
  const answer = await seat.send({ method: "POST", url, payload, headers: { "content-type": type } });
  expect([answer.statusCode, answer.json().corrected]).toEqual([200, corrected]);
  expect(desk.asked[0]?.args[5]).toEqual({ note: expect.stringContaining(WORDS) });
});

test("a danger of any length is taken: what is too long keeps both its ends (P3)", async () => {
  const desk = await openTestDesk();
  const seat = await desk.logIn("taker");
  const headers = { "content-type": JSON_TYPE };
  const post = (url: string, payload: string) => seat.send({ method: "POST", url, payload, headers });
  const long = `持刀${"长".repeat(100_000)}点火`;
  const endless = `持刀${"长".repeat(700_000)}点火`;
  for (const text of [long, endless]) {
    expect((await post("/api/requests", JSON.stringify({ danger: true, fields: { text } }))).statusCode).toBe(201);
    expect((await post(`/api/orders/${CASE_ID}/danger`, JSON.stringify({ note: text }))).statusCode).toBe(200);
  }
  for (const { args } of desk.asked) expect(JSON.stringify(args)).toMatch(/持刀长[^]*略去[^]*长点火/);
  expect(desk.asked).toHaveLength(4);
});

test("a registration that says no danger must have the form", async () => {
  const desk = await openTestDesk();
  const seat = await desk.logIn("taker");
  const codeOf = async (payload: string, type = JSON_TYPE): Promise<string> =>
    (await seat.send({ method: "POST", url: "/api/requests", payload, headers: { "content-type": type } })).json().code;
  expect(await codeOf('{"danger": "false", "fields": {}}')).toBe("SCHEMA_INVALID");
  expect(await codeOf("{'danger': False}")).toBe("JSON_INVALID");
  expect(await codeOf("路灯不亮", "text/plain")).toBe("MEDIA_TYPE");
  expect(await codeOf(JSON.stringify({ fields: { text: "长".repeat(100_000) } }))).toBe("BODY_TOO_LARGE");
  expect(desk.asked).toEqual([]);
});
