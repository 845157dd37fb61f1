import { expect, test, vi } from "vitest";
import type { TestDesk } from "../../../test/setup/catalogue-desks.ts";
import { twoDesks } from "../../../test/setup/two-desks.ts";
import type { Decision } from "../../core/consultation/index.ts";
import { instantOf, shanghaiDay } from "../../kernel/index.ts";
import type { ItemCode, RegionCode } from "../../kernel/index.ts";
import { proposeDecision } from "./propose-decision.ts";

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });
const pair = twoDesks();

const minutes = { titleZh: "会商纪要", titleEn: "Minutes", number: "3号", issuer: "联席会议" };

async function decided(at: TestDesk, decision: Omit<Decision, "minutes" | "validFrom" | "rule">): Promise<string> {
  const today = shanghaiDay(instantOf(pair.time.ms));
  const whole = { ...decision, rule: "会商确定", minutes: { ...minutes, heldOn: today }, validFrom: today };
  const made = await proposeDecision(at.desk(), "150100" as RegionCode, whole);
  if (!made.ok) throw new Error(made.error.code);
  return made.value.version;
}

function sideOf(desk: TestDesk, code: string): string | undefined {
  return desk
    .rules()
    .current()
    .catalogue.items.find((item) => item.code === code)?.side;
}

test("two decisions of one afternoon, both written down before one is signed, both stand at both desks (nmg:2.2.4)", async () => {
  const [hotline, police] = [pair.hotline(), pair.police()];
  const item = (code: string) => code as ItemCode;
  const first = await decided(hotline, { item: item("B01-02"), side: "hotline", unitKind: "urbanManagement" });
  const second = await decided(hotline, { item: item("A01-05"), side: "police", unitKind: "policeStation" });
  for (const version of [first, second]) {
    for (const desk of [hotline, police]) {
      await pair.approved(desk, version);
      await pair.turns();
    }
  }
  for (const desk of [hotline, police]) {
    expect([sideOf(desk, "B01-02"), sideOf(desk, "A01-05")]).toEqual(["hotline", "police"]);
  }
});
