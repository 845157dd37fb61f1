import { describe, expect, test } from "vitest";
import { createMemoryStores } from "../../../test/setup/memory-stores.ts";
import { openPassingKeys } from "../../../test/setup/passing-keys.ts";
import { aCall, aDesk, give, given, onRequest, POLICE, SAID, THEFT } from "../../app/desk.test-data.ts";
import { expositionOf } from "../../http/metrics/exposition.ts";
import { familiesOf, metricsAccess, readMetrics } from "./metrics.ts";

const MINUTE = 60_000;
const LABELS = ["peer", "lane", "kind", "level"];

describe("the figures of a node for monitors (nmg:2.3.1)", () => {
  test("who may read them: nobody unless it was said, programs on this machine at a demonstration (nmg:2.3.2)", () => {
    expect(metricsAccess(undefined, false)).toBe("off");
    expect(metricsAccess(undefined, true)).toBe("loopback");
    expect(metricsAccess("off", true)).toBe("off");
    expect(metricsAccess("loopback", false)).toBe("loopback");
    expect(metricsAccess("0123456789abcdef", false)).toEqual({ token: "0123456789abcdef" });
  });

  test("an offer that nobody receipts is there: unsent, its age, unanswered, and standing by whom it waits for (nmg:2.2.1)", async () => {
    const desk = aDesk({ stores: createMemoryStores, keys: openPassingKeys() });
    const done = await given(give(desk, "register", aCall({}, { item: THEFT })));
    await given(give(desk, "handOver", { to: POLICE }, { target: onRequest(done) }));
    desk.passMs(6 * MINUTE);
    const text = expositionOf(await readMetrics(desk.deps, async () => [{ peer: POLICE, up: false }]));
    const lines = text.split("\n");
    const at = `{peer="${POLICE}",lane="ordinary"}`;
    expect(lines).toContain(`liandong_link_up{peer="${POLICE}"} 0`);
    expect(lines).toContain(`liandong_outbox_unsent${at} 1`);
    expect(lines).toContain(`liandong_outbox_oldest_unsent_seconds${at} 360`);
    expect(lines).toContain(`liandong_hand_overs_unanswered${at} 1`);
    expect(lines).toContain(`liandong_hand_overs_oldest_unanswered_seconds${at} 360`);
    expect(lines).toContain(
      `liandong_hand_overs_standing{peer="${POLICE}",lane="ordinary",kind="mendLink",level="1"} 1`,
    );
    for (const personal of [done.requestNo, SAID, "诉求人甲", "138"]) expect(text).not.toContain(personal);
  });

  test("labels are of four kinds, names are of this program, and a level that rises without end makes no new series", () => {
    const families = familiesOf({
      peers: { at: "2026-11-22T00:00:00.000Z" as never, rows: [] },
      standing: [],
      alarms: [9, 10, 99].map((level) => ({ kind: "arbiterOverdue", level, of: 2 })),
      links: [],
    });
    expect(families.filter(({ name }) => !name.startsWith("liandong_"))).toEqual([]);
    const samples = families.flatMap((family) => family.samples);
    expect(samples).toEqual([{ labels: { kind: "arbiterOverdue", level: "9" }, value: 6 }]);
    expect(samples.flatMap(({ labels }) => Object.keys(labels)).filter((name) => !LABELS.includes(name))).toEqual([]);
  });
});
