import { describe, expect, test } from "vitest";
import type { Notify, OutgoingNotice } from "../app/ports/notify.ts";
import type { CaseId } from "../kernel/index.ts";

/** What the far side of a sender holds, one entry for each time it was handed over, in the order of arrival. */
export type Received = { readonly id: string; readonly address: string; readonly text: string };

/** A sender under test together with its far side. */
export type NotifyHarness = {
  readonly notify: Notify;
  readonly received: () => Promise<readonly Received[]>;
  /** From now on nothing can be handed over, until `mend`. */
  readonly breakDown: () => Promise<void>;
  readonly mend: () => Promise<void>;
  readonly close: () => Promise<void>;
};

/** A notice to nobody: the number is one that is never given out. */
export function aNotice(id: string, text = "您的诉求已登记\nYour request is registered"): OutgoingNotice {
  return {
    notice: {
      id,
      caseId: "0192f000-0000-7000-8000-000000000001" as CaseId,
      to: "requester",
      unit: null,
      template: "requestRegistered",
      params: { requestNo: "1501001261122000018" },
    },
    address: "13000000000",
    text,
  };
}

/** What the port promises, whatever stands behind it. */
export function checkNotify(name: string, open: () => Promise<NotifyHarness>): void {
  const withHarness = async (work: (harness: NotifyHarness) => Promise<void>): Promise<void> => {
    const harness = await open();
    try {
      await work(harness);
    } finally {
      await harness.close();
    }
  };

  describe(`Notify by ${name}`, () => {
    test("hands over address and text as they are, with the notice's id", () =>
      withHarness(async ({ notify, received }) => {
        const text = '第一行“引号”\\ 反斜线\nsecond line "quotes" \t \u{20BB7}\u2028';
        await notify.send(aNotice("n-1", text));
        expect(await received()).toEqual([{ id: "n-1", address: "13000000000", text }]);
      }));

    test("keeps the order of notices sent one after another", () =>
      withHarness(async ({ notify, received }) => {
        for (const id of ["n-1", "n-2", "n-3"]) await notify.send(aNotice(id));
        expect((await received()).map((r) => r.id)).toEqual(["n-1", "n-2", "n-3"]);
      }));

    test("forty at once arrive whole, each once, a text of 7,000 characters among them", () =>
      withHarness(async ({ notify, received }) => {
        const ids = Array.from({ length: 40 }, (_, i) => `n-${i}`);
        const long = "长".repeat(7000);
        await Promise.all(ids.map((id, i) => notify.send(aNotice(id, i % 2 === 0 ? long : "短"))));
        const arrived = await received();
        expect(arrived.map((r) => r.id).toSorted()).toEqual(ids.toSorted());
        expect(arrived.filter((r) => r.text === long)).toHaveLength(20);
      }));

    test("a notice tried again carries the same id, so that it can be told to a person once", () =>
      withHarness(async ({ notify, received }) => {
        await notify.send(aNotice("n-1"));
        await notify.send(aNotice("n-1"));
        const arrived = await received();
        expect(arrived.length).toBeGreaterThan(0);
        expect(new Set(arrived.map((r) => JSON.stringify(r))).size).toBe(1);
      }));

    test("throws a code and nothing personal while it cannot be handed over, and goes on afterwards", () =>
      withHarness(async ({ notify, received, breakDown, mend }) => {
        await breakDown();
        const fault: unknown = await notify.send(aNotice("n-1")).catch((error: unknown) => error);
        expect(fault).toBeInstanceOf(Error);
        expect(String(fault)).toMatch(/NOTICE_[A-Z_]+: \S/);
        expect(String(fault)).not.toMatch(/13000000000|诉求|registered/);
        expect(await received()).toEqual([]);
        await mend();
        await notify.send(aNotice("n-1"));
        expect((await received()).map((r) => r.id)).toEqual(["n-1"]);
      }));
  });
}
