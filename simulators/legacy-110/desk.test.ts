import { expect, test } from "vitest";
import { specimenOptions } from "../legacy/specimen-options.test-data.ts";
import { PoliceDesk } from "./desk.ts";

const UNIT = { code: "150100000000", name: "市公安局指挥中心" };
const JJDBH = "150100000000261120080000000001";

function aDesk(...args: readonly string[]): PoliceDesk {
  return new PoliceDesk(specimenOptions(...args), UNIT, "http", () => 0);
}

/** A desk with one alarm taken and pushed. */
function withPushedAlarm(...args: readonly string[]): PoliceDesk {
  const desk = aDesk(...args);
  desk.take({
    BJNR: "路灯不亮",
    JQDZ: "中山路1号",
    JQLBMC: "群众求助",
    JJLX: "电话",
    GXDWMC: "中山路派出所",
    LXDH: "13900000000",
  });
  desk.push({ JJDBH });
  return desk;
}

/** A desk with an order of 12345. */
function withOrder(...args: readonly string[]): PoliceDesk {
  const desk = aDesk(...args);
  desk.receive("M0", { FLOWID: "F1", BJNR: "有人打架", LXR: "某人", LXDH: "13900000000", BJRXBDM: "2" });
  return desk;
}

const sent = (desk: PoliceDesk) => desk.machine.outbox.kept.waiting.map(({ kind, message }) => ({ kind, ...message }));

test("an alarm number is the division code of the unit and the system's own 18 digits, at most 30 characters (C1)", () => {
  const desk = aDesk();
  expect(desk.take({ BJNR: "一" })).toEqual({ JJDBH, LSH: "26112000000001" });
  expect(desk.take({ BJNR: "二" })["JJDBH"]).toBe("150100000000261120080000000002");
});

test("the same command line gives the same numbers and the same messages", () => {
  expect(sent(withPushedAlarm())).toEqual(sent(withPushedAlarm()));
});

test("M1 has every member as a text, the incident's address for the caller's, and what the form did not say is empty", () => {
  expect(sent(withPushedAlarm())).toEqual([
    {
      kind: "M1",
      BJDH: "",
      BJDHYHM: "",
      LXDH: "13900000000",
      BJDZ: "中山路1号",
      BJNR: "路灯不亮",
      BJRXBDM: "0",
      BJSJ: "2026-11-20 08:00:00",
      JJDBH,
      LSH: "26112000000001",
      JJLX: "电话",
      JJYBH: "",
      JJDWDM: UNIT.code,
      JJDWMC: UNIT.name,
      GXDWDM: "",
      GXDWMC: "中山路派出所",
      GXDWDH: "",
      JQLBDM: "",
      JQLBMC: "群众求助",
      SFBM: "0",
      Title: "群众求助-电话",
      XZQHDM: "",
    },
  ]);
});

test("an alarm is not pushed twice by hand", () => {
  expect(() => withPushedAlarm().push({ JJDBH })).toThrow("已推送");
});

test("a form cuts what is too long without a word", () => {
  const desk = aDesk();
  desk.take({ BJNR: "长".repeat(4001), JQLBDM: "123456789" });
  const form = desk.books.alarms[JJDBH]?.form;
  expect([form?.["BJNR"]?.length, form?.["JQLBDM"]]).toEqual([4000, "12345678"]);
});

test("what comes for an alarm makes its link state: 02, then 07 or 08, 05, 04, 03; nothing checks the order (C1)", () => {
  const desk = withPushedAlarm();
  const state = () => desk.books.alarms[JJDBH]?.LJZT;
  expect(state()).toBe("02");
  desk.receive("M2", { JJDBH, RECEIVE: "0" });
  expect(state()).toBe("07");
  desk.receive("M2", { JJDBH, RECEIVE: "1" });
  expect(state()).toBe("08");
  desk.receive("M3", { JJDBH, FLOWID: "F9", HANDLEOPINION: "不属于本部门职责" });
  expect(state()).toBe("05");
  desk.receive("M4", { JJDBH, FLOWID: "F9" });
  expect(state()).toBe("04");
  desk.receive("M5", { JJDBH, FLOWID: "F9" });
  expect(state()).toBe("03");
  expect(desk.books.alarms[JJDBH]?.FLOWID).toBe("F9");
});

test("every return of a flow is kept; with the fault a second one overwrites the first", () => {
  const opinions = (...args: readonly string[]) => {
    const desk = withPushedAlarm(...args);
    for (const HANDLEOPINION of ["一", "二"]) desk.receive("M3", { JJDBH, FLOWID: "F9", HANDLEOPINION });
    return desk.books.alarms[JJDBH]?.came.map(({ message }) => message["HANDLEOPINION"]);
  };
  expect(opinions()).toEqual(["一", "二"]);
  expect(opinions("--bug", "overwritten")).toEqual(["二"]);
});

test("what names a number nobody knows, or lacks its key, is refused", () => {
  const desk = withPushedAlarm();
  expect(() => desk.receive("M4", { FLOWID: "F9", JJDBH: "150100000000000000000000000009" })).toThrow("查无此单");
  expect(() => desk.receive("M2", { JJDBH })).toThrow("RECEIVE");
  expect(() => desk.receive("M0", { FLOWID: "F1" })).toThrow("BJNR");
});

test("a signed order gets a form of its own, and M2 says its number; not received makes none", () => {
  const desk = withOrder();
  expect(desk.sign({ FLOWID: "F1" })).toEqual({ JJDBH });
  expect(desk.books.alarms[JJDBH]?.form).toMatchObject({
    BJNR: "有人打架",
    BJRMC: "某人",
    BJRXBDM: "2",
    JQLYFS: "12345",
  });
  expect(sent(desk)).toEqual([{ kind: "M2", FLOWID: "F1", JJDBH, RECEIVE: "1", RECEIVETIME: "2026-11-20 08:00:00" }]);
  const refusing = withOrder();
  expect(refusing.sign({ FLOWID: "F1", receive: "0" })).toEqual({ JJDBH: "" });
  expect(refusing.books.orders["F1"]?.LJZT).toBe("07");
  expect(refusing.books.alarms).toEqual({});
});

test("a person returns with free text only, feeds back, and calls back; each carries both numbers", () => {
  const desk = withOrder();
  desk.sign({ FLOWID: "F1" });
  desk.dispatch({ FLOWID: "F1" });
  desk.giveBack({ FLOWID: "F1", HANDLEOPINION: "非警务" });
  desk.feedBack({ FLOWID: "F1", CJCZQK: "已调解", FKDWMC: "中山路派出所" });
  desk.callBack({ FLOWID: "F1", CLJGDM: "5", DHHFHSQK: "不满意" });
  expect(desk.books.orders["F1"]).toMatchObject({ LJZT: "03", dispatched: true });
  const [, ret, feedback, callback] = sent(desk);
  expect(ret).toMatchObject({ kind: "M3", FLOWID: "F1", JJDBH, HANDLEOPINION: "非警务", HANDLEBMNAME: UNIT.name });
  expect(feedback).toMatchObject({ kind: "M4", FLOWID: "F1", JJDBH, CJCZQK: "已调解", FKDWMC: "中山路派出所" });
  expect(callback).toMatchObject({ kind: "M5", FLOWID: "F1", JJDBH, CLJGDM: "5", CLJGMC: "非常不满意" });
});

test("the levels of a call-back are five in messages and three in tables (C1)", () => {
  const desk = new PoliceDesk(specimenOptions(), UNIT, "tables", () => 0);
  desk.receive("M0", { FLOWID: "F1", BJNR: "有人打架" });
  expect(() => desk.callBack({ FLOWID: "F1", CLJGDM: "4" })).toThrow("CLJGDM");
  desk.callBack({ FLOWID: "F1", CLJGDM: "3" });
  expect(sent(desk)).toMatchObject([{ CLJGMC: "不满意" }]);
});

test("fault wrong-unit: the unit that took the alarm stands where another belongs", () => {
  const [push] = sent(withPushedAlarm("--bug", "wrong-unit"));
  expect(push).toMatchObject({ JJDWMC: UNIT.name, GXDWMC: UNIT.name });
  const desk = withOrder("--bug", "wrong-unit");
  desk.feedBack({ FLOWID: "F1", CJCZQK: "已调解", FKDWMC: "中山路派出所" });
  expect(sent(desk)).toMatchObject([{ FKDWMC: UNIT.name }]);
});

test("fault replaced: a feedback takes the place of the return that waits under the same alarm number", () => {
  const kinds = (...args: readonly string[]) => {
    const desk = withOrder(...args);
    desk.sign({ FLOWID: "F1" });
    desk.giveBack({ FLOWID: "F1", HANDLEOPINION: "非警务" });
    desk.feedBack({ FLOWID: "F1", CJCZQK: "已调解" });
    return sent(desk).map(({ kind }) => kind);
  };
  expect(kinds()).toEqual(["M2", "M3", "M4"]);
  expect(kinds("--bug", "replaced")).toEqual(["M4"]);
});
