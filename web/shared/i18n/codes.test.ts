import { describe, expect, test } from "vitest";
import type { Role } from "../../../src/core/access/index.ts";
import type { CaseEvent, CaseStatus, CloseReason } from "../../../src/core/case/index.ts";
import type { ClockEvent, ClockPolicy, ResumeReason } from "../../../src/core/clock/index.ts";
import type { EXTENSION_REASONS, FileAlarmKind, PAUSE_REASONS, REFUSAL_REASONS } from "../../../src/core/file/index.ts";
import type {
  AssessmentRegime,
  LinkageCommandType,
  LinkageKind,
  LinkageMessage,
  LinkageState,
  ProgressStage,
  StandingAct,
} from "../../../src/core/linkage/index.ts";
import type { Row } from "../../../src/core/linkage/index.ts";
import { LINKAGE_TABLES } from "../../../src/core/linkage/index.ts";
import type { OrderEvent, OrderKind, OrderStatus } from "../../../src/core/order/index.ts";
import type { CommandName, RequestView } from "../../../src/http/contract/index.ts";
import { en } from "./en.ts";
import { zh } from "./zh.ts";

/** Events of clocks that no history shows. */
type Silent =
  | "ClockStarted"
  | "ClockStopped"
  | "ClockReopened"
  | "ClockOwnerChanged"
  | "ClockOwnerActed"
  | "ClockRungOn"
  | "CeilingMoved";

/** Every code that can reach a screen, by the type that makes it. A new code without a name does not compile here. */
type Shown =
  | `alarm.${FileAlarmKind}`
  | `command.${CommandName}`
  | `status.${CaseStatus}`
  | `closed.${CloseReason}`
  | `linkageState.${LinkageState}`
  | `linkageKind.${LinkageKind}`
  | `regime.${AssessmentRegime}`
  | `standingAct.${StandingAct}`
  | `progress.${ProgressStage}`
  | `orderStatus.${OrderStatus}`
  | `orderKind.${OrderKind}`
  | `orderRole.${RequestView["orders"][number]["role"]}`
  | `event.${CaseEvent["type"]}`
  | `event.${OrderEvent["type"]}`
  | `event.${Exclude<ClockEvent["type"], Silent>}`
  | `clockWhy.${ResumeReason}`
  | `clockUnit.${ClockPolicy["unit"]}`
  | `clockReason.${(typeof PAUSE_REASONS | typeof EXTENSION_REASONS | typeof REFUSAL_REASONS)[number]}`
  | `event.command.${LinkageCommandType}`
  | `event.message.${LinkageMessage["body"]["type"]}`
  | `role.${Role}`
  | `rolePolice.${Role}`
  | `side.${NonNullable<RequestView["verdict"]>["side"]}`
  | `verdict.basis.${NonNullable<RequestView["verdict"]>["basis"]}`
  | `verdict.by.${NonNullable<RequestView["verdict"]>["by"]}`
  | `showing.${Exclude<RequestView["fields"][string]["showing"], "clear">}`;

/** The codes without a name; `never` when each has one. The compiler is the test: a missing name makes this file not compile. */
type Missing<Names> = Exclude<Shown, Names>;
const complete = {
  zh: true satisfies [Missing<keyof typeof zh>] extends [never] ? true : Missing<keyof typeof zh>,
  en: true satisfies [Missing<keyof typeof en>] extends [never] ? true : Missing<keyof typeof en>,
};
type Planted = Missing<Exclude<keyof typeof zh, "alarm.threeWayCall">>;

describe("codes of the contract", () => {
  test("each has a Chinese and an English name", () => {
    const planted: [Planted] extends [never] ? false : true = true;
    expect([complete.zh, complete.en, planted]).toEqual([true, true, true]);
  });

  test("and so has every alarm, command and message of the linkage tables as they run", () => {
    const rows: readonly Row[] = Object.values(LINKAGE_TABLES).flat();
    expect(rows.length).toBeGreaterThan(50);
    const wanted = rows.flatMap((row) => [
      ...(row.alarms ?? []).map((kind) => `alarm.${kind}`),
      ...(/^(command|message):(?!any$)/.test(row.on) ? [`event.${row.on.replace(":", ".")}`] : []),
      ...(row.sends ?? []).map((type) => `event.message.${type}`),
    ]);
    const names = [zh, en].map((words) => new Set(Object.keys(words)));
    expect([...new Set(wanted)].filter((key) => names.some((known) => !known.has(key)))).toEqual([]);
  });
});
