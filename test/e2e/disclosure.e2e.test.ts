import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { SIDES, startTestPair } from "../setup/pair.ts";
import type { Side, TestPair } from "../setup/pair.ts";
import { logIn } from "../setup/pair-seat.ts";
import type { Seat } from "../setup/pair-seat.ts";
import type { FieldView, RegisterBody } from "../../src/http/contract/index.ts";
import { inState, linkageIn, orderIn, seenBy, STREET_LAMP, THEFT } from "./matters.ts";
import { openNodeLog } from "./node-log.ts";
import type { NodeLog } from "./node-log.ts";

/** Values that exist nowhere else: wherever they turn up, they came from here. */
const CANARY = { phone: "19847103377", name: "呼斯楞·金丝雀", text: "金丝雀说的话七七四九" };
const WORDS = Object.values(CANARY);
const UNIT = "x150100-municipalWorks";

let pair: TestPair;
let logs: Readonly<Record<Side, NodeLog>>;
const answers: { readonly seat: string; readonly path: string; readonly text: string }[] = [];

beforeAll(async () => {
  pair = await startTestPair();
  logs = { hotline: await openNodeLog(pair, "hotline"), police: await openNodeLog(pair, "police") };
});
afterAll(async () => {
  for (const side of SIDES) await logs?.[side].close();
  await pair?.end();
});

function seatOf(side: Side, login: string): Promise<Seat> {
  return logIn(pair.account(side, login), (path, text) => answers.push({ seat: `${side}/${login}`, path, text }));
}

function withCanary(body: RegisterBody, confidential: boolean): RegisterBody {
  const { phone, name, text } = CANARY;
  return { ...body, fields: { ...body.fields, requesterPhone: phone, requesterName: name, text, confidential } };
}

/** A whole road with every kind of text in it: notes, replies, results, returns, danger. */
async function walk(confidential: boolean): Promise<string> {
  const [agent, dispatcher] = [await seatOf("hotline", "agent1"), await seatOf("hotline", "dispatcher")];
  const [clerk, police] = [await seatOf("hotline", "unit1"), await seatOf("police", "dispatcher")];
  const { requestNo: no } = await police.register(withCanary(STREET_LAMP, confidential));
  await police.give("handOver", no);
  const arrived = await seenBy(agent, no, "the offer", inState("clear", "offered"));
  await police.give("amend", no, { fields: { requesterContact: CANARY.phone }, note: CANARY.text });
  await seenBy(agent, no, "the addition", (v) => linkageIn(v, "clear").additionsUnread > 0);
  const linkage = linkageIn(arrived, "clear").id;
  await agent.give("readAdditions", linkage);
  await agent.give("acceptOffer", linkage);
  await seenBy(agent, no, "the confirmation", inState("clear", "accepted"));
  await agent.give("judge", no, { item: "A01-05" });
  const { view } = await agent.give("dispatch", no, { kind: "work", unit: UNIT, instruction: CANARY.text });
  await clerk.request(no);
  await clerk.timeline(no);
  await clerk.orders();
  await clerk.give("orderDanger", orderIn(view, "work").id, { note: CANARY.text });
  const pushed = await seenBy(police, no, "the push", inState("urgent", "active"));
  const { id: urgent, pushNo } = linkageIn(pushed, "urgent");
  await police.setDuty(true);
  await police.give("sign", urgent, { pushNo });
  await clerk.give("reply", orderIn(view, "work").id, { resolution: "resolved", reply: CANARY.text });
  await police.give("endDanger", linkageIn(pushed, "urgent").id, { outcome: "noDangerFound", result: CANARY.text });
  await seenBy(agent, no, "the end of the danger", inState("urgent", "ended"));
  const duty = await seatOf("hotline", "supervisor");
  const government = (await duty.request(no)).orders.find((o) => o.status === "dispatched");
  if (government !== undefined) await duty.give("recall", government.id, { reason: "other" });
  await dispatcher.give("conclude", no, { resolution: "resolved", result: CANARY.text });
  await seenBy(police, no, "the result", (v) => v.conclusion !== null);
  await clerk.orders(false);
  return no;
}

test("a clerk never gets the phone or name of who asked for confidentiality, in no answer at all (nmg:2.3.2)", async () => {
  await walk(true);
  const told = answers.filter((a) => a.seat.endsWith("/unit1"));
  expect(told.length).toBeGreaterThan(5);
  for (const { path, text } of told) {
    expect(text, path).not.toContain(CANARY.phone);
    expect(text, path).not.toContain(CANARY.name);
  }
});

test("without confidentiality the clerk reads the number to call back and a masked name (nmg:2.3.2)", async () => {
  const no = await walk(false);
  const clerk = await seatOf("hotline", "unit1");
  const { fields } = await clerk.request(no);
  expect(fields["requester.phone"]).toMatchObject({ showing: "clear", value: CANARY.phone });
  expect(fields["requester.name"]).toMatchObject({ showing: "masked", value: "呼**" });
  expect(fields["checkCode"]).toBeUndefined();
});

test("a confidential requester's name and phone reach the other desk only with a danger (nmg:2.3.2)", async () => {
  const agent = await seatOf("hotline", "agent1");
  const police = await seatOf("police", "dispatcher");
  const { requestNo } = await agent.register(withCanary(THEFT, true));
  await agent.give("handOver", requestNo);
  const transferred = await seenBy(police, requestNo, "the offer", inState("clear", "offered"));
  expect(Object.keys(transferred.fields)).not.toContain("requester.phone");
  await agent.give("danger", requestNo, { note: "有人受伤" });
  const pushed = await seenBy(police, requestNo, "the push", inState("urgent", "active"));
  // While the danger is open whoever sends officers need not ask for the number first.
  expect(pushed.fields["requester.phone"]).toMatchObject({ showing: "clear", value: CANARY.phone });
});

test("no personal value and nothing spoken stands in clear in any table of either node (nmg:2.3.2)", async () => {
  for (const side of SIDES) {
    const tables = await logs[side].rows<{ name: string }>(
      "select table_name as name from information_schema.tables where table_schema = 'liandong' and table_type = 'BASE TABLE'",
    );
    expect(tables.length).toBeGreaterThan(20);
    for (const { name } of tables) {
      const rows = await logs[side].rows<{ line: string }>(`select t::text as line from liandong.${name} t`);
      for (const word of WORDS) {
        const hex = Buffer.from(word).toString("hex");
        const found = rows.filter(({ line }) => line.includes(word) || line.includes(hex)).length;
        expect(found, `${side} ${name} ${word}`).toBe(0);
      }
    }
    const [vault] = await logs[side].rows<{ n: string }>(
      "select count(*)::text as n from liandong.vault where field = 'requester.phone'",
    );
    expect(Number(vault?.n)).toBeGreaterThan(0);
  }
});

test("nor in any file of the data folder, the database's own files and logs included; notices alone hold numbers (nmg:2.3.2)", () => {
  const files = readdirSync(pair.folder, { recursive: true, withFileTypes: true }).filter((e) => e.isFile());
  expect(files.length).toBeGreaterThan(500);
  for (const file of files) {
    const path = join(file.parentPath, file.name);
    const bytes = readFileSync(path);
    const words = path.includes("/notices/") ? [CANARY.name, CANARY.text] : WORDS;
    for (const word of words) expect(bytes.includes(word), `${path} ${word}`).toBe(false);
  }
  for (const word of WORDS) expect(pair.printed()).not.toContain(word);
});

test("the live stream tells that something changed, never what was said (nmg:2.3.2)", async () => {
  const agent = await seatOf("hotline", "agent1");
  const stream = await agent.stream("0");
  const { requestNo } = await agent.register(withCanary(STREET_LAMP, false));
  await stream.next("the registration", (f) => f.requestNo === requestNo);
  for (const word of WORDS) expect(JSON.stringify(stream.frames())).not.toContain(word);
  stream.close();
});

test("every clear reading of a field is on record with reader and purpose (nmg:2.3.2)", async () => {
  const agent = await seatOf("hotline", "agent2");
  const clerk = await seatOf("hotline", "unit1");
  const { requestNo, caseId } = await agent.register(withCanary(STREET_LAMP, false));
  await agent.give("dispatch", requestNo, { kind: "work", unit: UNIT });
  const read = async (reader: string, purpose: string): Promise<readonly string[]> => {
    const rows = await logs.hotline.rows<{ fields: readonly string[] }>(
      "select fields from liandong.read_log where reader_id = $1 and purpose = $2 and $3 = any(case_ids)",
      [reader, purpose, caseId],
    );
    return [...new Set(rows.flatMap((r) => r.fields))].filter((f) => !f.endsWith(" (masked)")).sort();
  };
  const clearIn = (fields: Readonly<Record<string, FieldView>>): readonly string[] =>
    Object.entries(fields)
      .filter(([, view]) => view.showing === "clear")
      .map(([field]) => field)
      .sort();

  expect(await read(clerk.userId, "request")).toEqual([]);
  const seen = clearIn((await clerk.request(requestNo)).fields);
  expect(seen).toContain("requester.phone");
  expect(await read(clerk.userId, "request")).toEqual(seen);
  const listed = (await clerk.orders()).find((row) => row.requestNo === requestNo);
  expect(await read(clerk.userId, "unitOrders")).toEqual(clearIn(listed?.fields ?? {}));
  await clerk.timeline(requestNo);
  expect(await read(clerk.userId, "timeline")).toContain("requester.phone");

  const atDesk = clearIn((await agent.request(requestNo)).fields);
  expect(atDesk).not.toContain("requester.phone");
  expect(await read(agent.userId, "request")).toEqual(atDesk);
  await agent.call("POST", `/requests/${requestNo}/reveal`, { field: "requester.phone", reason: "回访" });
  expect(await read(agent.userId, "reveal: 回访")).toEqual(["requester.phone"]);
});

test("handing values to the other node is a reading as well (nmg:2.3.2)", async () => {
  const agent = await seatOf("hotline", "agent1");
  const { requestNo, caseId } = await agent.register(withCanary(THEFT, false));
  await agent.give("handOver", requestNo);
  const police = await seatOf("police", "taker1");
  await seenBy(police, requestNo, "the offer", inState("clear", "offered"));
  const rows = await logs.hotline.rows<{ fields: readonly string[] }>(
    `select fields from liandong.read_log
     where reader_kind = 'peer' and reader_id = 'police-150100' and purpose = 'message offer' and $1 = any(case_ids)`,
    [caseId],
  );
  expect(rows[0]?.fields).toEqual(["address", "requester.name", "requester.phone", "text"]);
});
