import { expect, test } from "vitest";
import { specimenOptions } from "../legacy/specimen-options.test-data.ts";
import { HotlineDesk } from "./desk.ts";
import { deadlineOf } from "./order.ts";

const FIRST = "261120080000000001";
const ALARM = { majorContent: "路灯不亮", sourceType: "110", sourceNum: "A1", callerPhone: "139 0000 0000" };
const DONE = { orderNum: FIRST, handling: { handleContent: "已修好", isSolved: "1" } };

function aDesk(...args: readonly string[]): HotlineDesk {
  return new HotlineDesk(specimenOptions(...args), "110", () => 0);
}

/** A desk with one order of 110, led as far as to a unit. */
function withOrderAtUnit(unit = "zj", ...args: readonly string[]): HotlineDesk {
  const desk = aDesk(...args);
  desk.create(ALARM);
  desk.accept({ orderNum: FIRST });
  desk.dispatch({ orderNum: FIRST, organizationCode: unit });
  return desk;
}

const detail = (desk: HotlineDesk) => desk.detail({ orderNum: FIRST });
const told = (desk: HotlineDesk) =>
  desk.machine.outbox.kept.waiting.map(({ kind, message }) => `${kind} ${String(message["state"])}`);

test("an order number has 18 digits: when, and a count (C3)", () => {
  const desk = aDesk();
  expect(desk.take({ majorContent: "一" })["orderNum"]).toBe(FIRST);
  expect(desk.take({ majorContent: "二" })["orderNum"]).toBe("261120080000000002");
});

test("an order passes 受理, 预审, 处置, 回访 and 结案 (C3)", () => {
  const desk = withOrderAtUnit();
  desk.sign({ orderNum: FIRST });
  desk.conclude(DONE);
  desk.callBack({ orderNum: FIRST, visit: { satisfaction: "满意" } });
  desk.close({ orderNum: FIRST });
  expect(told(desk)).toEqual(
    ["待受理", "待派遣", "已派遣", "待处置", "已处置", "待回访", "待结案", "已结案"].map((state) => `status ${state}`),
  );
  expect(detail(desk)).toMatchObject({ stage: "结案", visitCount: "1", redoFlag: "0" });
});

test("an order that need not be called back goes from 已处置 to 待结案", () => {
  const desk = aDesk();
  desk.create({ ...ALARM, isVisit: "0" });
  desk.accept({ orderNum: FIRST });
  desk.dispatch({ orderNum: FIRST, organizationCode: "zj" });
  expect(desk.conclude(DONE)).toMatchObject({ stage: "结案", state: "待结案" });
});

test("a bad call-back sends it back to the unit", () => {
  const desk = withOrderAtUnit();
  desk.conclude(DONE);
  desk.callBack({ orderNum: FIRST, visit: { satisfaction: "非常不满意", opinion: "还是不亮" } });
  expect(detail(desk)).toMatchObject({ state: "待处置", redoFlag: "1", redoCount: "1", redoOpinion: "还是不亮" });
});

test("of returns the last reason stays, and how many there were (C3)", () => {
  const desk = withOrderAtUnit();
  desk.giveBack({ orderNum: FIRST, backReason: "不属于本单位" }, false);
  desk.dispatch({ orderNum: FIRST, organizationCode: "sw" });
  desk.giveBack({ orderNum: FIRST, backReason: "属地不符" }, false);
  expect(detail(desk)).toMatchObject({ state: "待派遣", backReason: "属地不符", backCount: "2" });
});

test("what another system gave is refused before it goes to a unit, by the people of this side only", () => {
  const desk = aDesk();
  desk.create(ALARM);
  const back = { orderNum: FIRST, backReason: "属警务" };
  expect(() => desk.giveBack(back, false)).toThrow("当前状态不允许");
  expect(desk.giveBack(back, true)).toMatchObject({ state: "已结案" });
});

test("the same number of the other system makes one order; with the fault two", () => {
  const orders = (...args: readonly string[]) => {
    const desk = aDesk(...args);
    desk.create(ALARM);
    return desk.create(ALARM)["orderNum"];
  };
  expect(orders()).toBe(FIRST);
  expect(orders("--bug", "twice")).toBe("261120080000000002");
});

test("what was missing is asked for, and an amendment brings the order back to 待受理", () => {
  const desk = aDesk();
  desk.create(ALARM);
  desk.ask({ orderNum: FIRST });
  expect(desk.amend({ orderNum: FIRST, address: "中山路1号" })).toMatchObject({ state: "待受理" });
  expect(detail(desk)["address"]).toBe("中山路1号");
});

test("nothing is amended after the end, and no step is taken from another state", () => {
  const desk = aDesk();
  desk.create(ALARM);
  expect(() => desk.close({ orderNum: FIRST })).toThrow("当前状态不允许");
  expect(() => desk.conclude(DONE)).toThrow("当前状态不允许");
  desk.giveBack({ orderNum: FIRST, backReason: "属警务" }, true);
  expect(() => desk.amend({ orderNum: FIRST, address: "x" })).toThrow("当前状态不允许");
});

test("an order dispatched to the police is pushed whole, after its status", () => {
  const desk = aDesk();
  desk.take({ majorContent: "有人打架" });
  desk.accept({ orderNum: FIRST });
  expect(told(desk)).toEqual([]);
  desk.dispatch({ orderNum: FIRST, organizationCode: "110" });
  expect(told(desk)).toEqual(["status 已派遣", "order 已派遣"]);
  expect(desk.machine.outbox.kept.waiting[1]?.message).toMatchObject({ majorContent: "有人打架", sourceType: "电话" });
});

test("fault skipped: of states that wait to be told only the newest is left", () => {
  const desk = withOrderAtUnit("zj", "--bug", "skipped");
  expect(told(desk)).toEqual(["status 已派遣"]);
});

test("limits are counted in working days without holidays, days or hours: from Friday one working day is Monday", () => {
  expect(deadlineOf("2026-11-20 08:00:00", "1", "1")).toBe("2026-11-23 08:00:00");
  expect(deadlineOf("2026-11-20 08:00:00", "1", "6")).toBe("2026-11-30 08:00:00");
  expect(deadlineOf("2026-11-20 08:00:00", "2", "1")).toBe("2026-11-21 08:00:00");
  expect(deadlineOf("2026-11-20 08:00:00", "3", "20")).toBe("2026-11-21 04:00:00");
  expect(deadlineOf("2026-11-20 08:00:00", "1", "soon")).toBe("");
});

test("one searches by the hash of a number, however it was written; an empty number finds nobody", () => {
  const desk = aDesk();
  desk.create(ALARM);
  desk.take({ majorContent: "没有留电话" });
  expect(desk.find({ phone: "13900000000" })).toEqual({ orderNums: [FIRST] });
  expect(desk.find({ phone: "" })).toEqual({ orderNums: [] });
});

test("who asks for what changed since a time gets those changed at that time too", () => {
  const machine = { at: 0 };
  const desk = new HotlineDesk(specimenOptions(), "110", () => machine.at);
  desk.create(ALARM);
  machine.at = 60_000;
  desk.create({ ...ALARM, sourceNum: "A2" });
  const since = (time: string) =>
    (desk.status({ since: time })["list"] as readonly { sourceNum: string }[]).map((one) => one.sourceNum);
  expect(since("2026-11-20 08:00:00")).toEqual(["A1", "A2"]);
  expect(since("2026-11-20 08:01:00")).toEqual(["A2"]);
  expect(since("2026-11-20 08:01:01")).toEqual([]);
});
