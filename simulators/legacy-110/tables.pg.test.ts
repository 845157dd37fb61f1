import { Client } from "pg";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../../test/setup/test-database.ts";
import { specimenOptions } from "../legacy/specimen-options.test-data.ts";
import { PoliceDesk } from "./desk.ts";
import { TablesCarrier } from "./tables.ts";

const UNIT = { code: "150100000000", name: "市公安局指挥中心" };
const JJDBH = "150100000000261120080000000001";
const LSH = "26112000000001";

let database: TestDatabase;
let client: Client;
const carriers: TablesCarrier[] = [];

beforeEach(async () => {
  database = await createTestDatabase();
  client = new Client({ connectionString: database.url });
  await client.connect();
});

afterEach(async () => {
  await Promise.all(carriers.splice(0).map((carrier) => carrier.end()));
  await client.end();
  await database.drop();
});

/** A desk whose messages go through the tables of the test's database; `turn` does what the program does again and again. */
async function aDesk(...args: readonly string[]) {
  const machine = { at: 0 };
  const desk = new PoliceDesk(specimenOptions(...args), UNIT, "tables", () => machine.at);
  const carrier = new TablesCarrier(desk, database.url);
  carriers.push(carrier);
  const turn = async (): Promise<void> => {
    await desk.machine.outbox.turn(
      () => desk.machine.clock.now(),
      (one) => carrier.carry(one),
    );
    await carrier.turn();
  };
  await turn();
  return { desk, turn, machine };
}

const rowsOf = async (table: string) => (await client.query(`select * from jhk.${table} order by xh`)).rows;
const order = () =>
  client.query("insert into jhk.lk_order (fx, flowid, bjnr, lxr) values ('2', 'F1', '有人打架', '某人')");
/** A second return of the 12345 side, for the flow of an alarm. */
const giveBack = (text: string) =>
  client.query("insert into jhk.lk_return (fx, flowid, jjdbh, handleopinion) values ('2', 'F9', $1, $2)", [
    JJDBH,
    text,
  ]);
const local = (text: string) => new Date(text.replace(" ", "T"));

test("a pushed alarm is a row keyed by its LSH, not pushed yet, with its link state (C1)", async () => {
  const { desk, turn } = await aDesk();
  desk.take({ BJNR: "路灯不亮", JQDZ: "中山路1号" });
  desk.push({ JJDBH });
  await turn();
  expect(await rowsOf("lk_alarm")).toMatchObject([
    {
      fx: "1",
      flowid: LSH,
      jjdbh: JJDBH,
      bjdz: "中山路1号",
      ljzt: "02",
      pushstatus: "0",
      pushtime: null,
      xt_rksj: local("2026-11-20 08:00:00"),
    },
  ]);
  await client.query("insert into jhk.lk_confirm (fx, flowid, jjdbh, receive) values ('2', $1, $2, '1')", [LSH, JJDBH]);
  await turn();
  expect(await rowsOf("lk_alarm")).toMatchObject([{ ljzt: "08" }]);
  expect(await rowsOf("lk_confirm")).toMatchObject([{ pushstatus: "2" }]);
  // The column of the key is no order number in such a row.
  expect(desk.books.alarms[JJDBH]?.FLOWID).toBe("");
});

test("an order is 1 when the system has taken it over, and 2 with its times when a person has dealt with it", async () => {
  const { desk, turn, machine } = await aDesk();
  await order();
  await turn();
  expect(await rowsOf("lk_order")).toMatchObject([
    { pushstatus: "1", pushtime: local("2026-11-20 08:00:00"), acktime: null, ljzt: "" },
  ]);
  machine.at += 60_000;
  desk.sign({ FLOWID: "F1" });
  await turn();
  expect(await rowsOf("lk_order")).toMatchObject([
    { pushstatus: "2", acktime: local("2026-11-20 08:01:00"), ljzt: "08" },
  ]);
  expect(await rowsOf("lk_confirm")).toMatchObject([
    { fx: "1", flowid: "F1", jjdbh: "150100000000261120080100000001", receive: "1" },
  ]);
});

test("rows of its own are not read back, and one that names nobody is marked as dealt with: the writer is told nothing", async () => {
  const { desk, turn } = await aDesk();
  await order();
  await turn();
  desk.giveBack({ FLOWID: "F1", HANDLEOPINION: "非警务" });
  await giveBack("无此单");
  await turn();
  expect(await rowsOf("lk_return")).toMatchObject([
    { fx: "2", pushstatus: "2" },
    { fx: "1", flowid: "F1", handleopinion: "非警务", pushstatus: "0" },
  ]);
  expect(desk.books.orders["F1"]?.came).toEqual([]);
});

test("every return of the other side is read; a second row for a flow is possible", async () => {
  const { desk, turn } = await aDesk();
  desk.take({ BJNR: "路灯不亮" });
  desk.push({ JJDBH });
  await giveBack("一");
  await giveBack("二");
  await turn();
  const came = desk.books.alarms[JJDBH]?.came.map(({ message }) => message["HANDLEOPINION"]);
  expect(came).toEqual(["一", "二"]);
  expect(desk.books.alarms[JJDBH]).toMatchObject({ FLOWID: "F9", LJZT: "05" });
});

test("fault overwritten: a second return stands in the row of the first, and a second row is not possible", async () => {
  const { desk, turn } = await aDesk("--bug", "overwritten");
  await order();
  await turn();
  desk.giveBack({ FLOWID: "F1", HANDLEOPINION: "一" });
  await turn();
  await client.query("update jhk.lk_return set pushstatus = '2'");
  desk.giveBack({ FLOWID: "F1", HANDLEOPINION: "二" });
  await turn();
  expect(await rowsOf("lk_return")).toMatchObject([{ flowid: "F1", handleopinion: "二", pushstatus: "0" }]);
  await giveBack("一");
  await expect(giveBack("二")).rejects.toMatchObject({ code: "23505" });
});

test("fault doubled: a message stands in two rows", async () => {
  const { desk, turn } = await aDesk("--bug", "doubled");
  desk.take({ BJNR: "路灯不亮" });
  desk.push({ JJDBH });
  await turn();
  expect((await rowsOf("lk_alarm")).map((row) => row.flowid)).toEqual([LSH, LSH]);
});

test("fault lost: the mark is not set, and the row is taken again each second", async () => {
  const { desk, turn, machine } = await aDesk("--bug", "lost");
  desk.take({ BJNR: "路灯不亮" });
  desk.push({ JJDBH });
  await giveBack("一");
  await turn();
  await turn();
  expect(desk.books.alarms[JJDBH]?.came).toHaveLength(1);
  machine.at += 1_000;
  await turn();
  expect(desk.books.alarms[JJDBH]?.came).toHaveLength(2);
  expect(await rowsOf("lk_return")).toMatchObject([{ pushstatus: "0" }]);
});

test("while the database is away a message waits, and is written when it is tried again", async () => {
  const { desk, turn, machine } = await aDesk();
  await client.query("alter table jhk.lk_alarm rename to away");
  desk.take({ BJNR: "路灯不亮" });
  desk.push({ JJDBH });
  await expect(turn()).rejects.toThrow("lk_alarm");
  expect(desk.machine.outbox.kept.waiting).toHaveLength(1);
  await client.query("alter table jhk.away rename to lk_alarm");
  machine.at += 300_000;
  await turn();
  expect(await rowsOf("lk_alarm")).toHaveLength(1);
});
