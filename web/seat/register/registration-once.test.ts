import { describe, expect, test } from "vitest";
import { registerOnce } from "./registration-once.ts";
import type { Progress } from "./registration-once.ts";

type Body = { readonly text: string; readonly danger?: boolean };
type Answering = { readonly resolve: (no: string) => void; readonly reject: (failure: unknown) => void };

const LOST = new Error("the line broke");
const REFUSED = new Error("refused");

function aDesk(left?: Progress<Body>) {
  const told: string[] = [];
  const waiting: Answering[] = [];
  const kept: Progress<Body>[] = [];
  let keys = 0;
  const once = registerOnce<Body>(
    {
      register: (body, key) => {
        told.push(`register ${key} ${body.text}${body.danger === true ? " danger" : ""}`);
        return new Promise((resolve, reject) => {
          waiting.push({ resolve: (requestNo) => resolve({ requestNo }), reject });
        });
      },
      pushDanger: (no, key) => {
        told.push(`danger ${key} ${no}`);
        return Promise.resolve(null);
      },
      isUncertain: (failure) => failure === LOST,
      newKey: () => {
        keys += 1;
        return `k${keys}`;
      },
      onChange: (progress) => void kept.push(progress),
    },
    left,
  );
  return { once, told, waiting, kept };
}

describe("one form is one request", () => {
  test("registering and, before the answer, the danger key: one registration, then a push of it (nmg:2.2.1)", async () => {
    const { once, told, waiting } = aDesk();
    const first = once.register({ text: "灯" });
    const pushed = once.push({ text: "灯" })();
    waiting[0]?.resolve("17");
    expect([await first, await pushed]).toEqual(["17", "17"]);
    expect(told).toEqual(["register k1 灯", "danger k3 17"]);
  });

  test("the danger key and, before the answer, registering: one registration that pushes", async () => {
    const { once, told, waiting } = aDesk();
    const pushed = once.push({ text: "刀" })();
    const second = once.register({ text: "刀" });
    waiting[0]?.resolve("17");
    expect([await pushed, await second]).toEqual(["17", "17"]);
    expect(told).toEqual(["register k1 刀 danger"]);
  });

  test("the danger key after the answer, while the screen has not moved on yet, pushes the request that was made", async () => {
    const { once, told, waiting } = aDesk();
    const first = once.register({ text: "灯" });
    waiting[0]?.resolve("17");
    await first;
    expect(await once.push({ text: "灯" })()).toBe("17");
    expect(told).toEqual(["register k1 灯", "danger k3 17"]);
  });

  test("after a broken line the same is sent again under the same key, whatever was typed since", async () => {
    const { once, told, waiting, kept } = aDesk();
    const first = once.register({ text: "灯" });
    waiting[0]?.reject(LOST);
    await expect(first).rejects.toBe(LOST);
    const again = once.register({ text: "灯，三天了" });
    waiting[1]?.resolve("17");
    expect(await again).toBe("17");
    expect(told).toEqual(["register k1 灯", "register k1 灯"]);
    expect(once.sent()).toEqual({ text: "灯" });
    expect(kept.at(0)).toEqual({ open: { body: { text: "灯" }, key: "k1" }, made: null });
    expect(kept.at(-1)).toEqual({ open: null, made: { no: "17", body: { text: "灯" } } });
  });

  test("after a broken line the danger key sends the same again, then pushes it", async () => {
    const { once, told, waiting } = aDesk();
    const first = once.register({ text: "灯" });
    waiting[0]?.reject(LOST);
    await expect(first).rejects.toBe(LOST);
    const pushed = once.push({ text: "有刀" })();
    waiting[1]?.resolve("17");
    expect(await pushed).toBe("17");
    expect(told).toEqual(["register k1 灯", "register k1 灯", "danger k3 17"]);
  });

  test("a push that is tried again is the same push", async () => {
    const { once, told, waiting } = aDesk();
    const push = once.push({ text: "刀" });
    const first = push();
    waiting[0]?.reject(LOST);
    await expect(first).rejects.toBe(LOST);
    const second = push();
    waiting[1]?.resolve("17");
    expect(await second).toBe("17");
    expect(told).toEqual(["register k1 刀 danger", "register k1 刀 danger"]);
  });

  test("a refused registration made nothing: the next press is a new one", async () => {
    const { once, told, waiting } = aDesk();
    const first = once.register({ text: "灯" });
    waiting[0]?.reject(REFUSED);
    await expect(first).rejects.toBe(REFUSED);
    const pushed = once.push({ text: "灯" })();
    waiting[1]?.resolve("17");
    expect(await pushed).toBe("17");
    expect(told).toEqual(["register k1 灯", "register k2 灯 danger"]);
  });

  test("a push is not held up by a registration that is refused meanwhile", async () => {
    const { once, told, waiting } = aDesk();
    const first = once.register({ text: "灯" });
    const push = once.push({ text: "灯" });
    const pushed = push();
    waiting[0]?.reject(REFUSED);
    await expect(first).rejects.toBe(REFUSED);
    await expect(pushed).rejects.toBe(REFUSED);
    const again = push();
    waiting[1]?.resolve("17");
    expect(await again).toBe("17");
    expect(told).toEqual(["register k1 灯", "register k2 灯 danger"]);
  });

  test("a page that was closed on a broken line goes on with what it had sent", async () => {
    const { once, told, waiting } = aDesk({ open: { body: { text: "灯" }, key: "k0" }, made: null });
    const again = once.register({ text: "灯，三天了" });
    waiting[0]?.resolve("17");
    expect(await again).toBe("17");
    expect([told, once.sent()]).toEqual([["register k0 灯"], { text: "灯" }]);
  });

  test("a form that has become a request on an earlier page is never registered again: neither key makes a second one", async () => {
    const { once, told } = aDesk({ open: null, made: { no: "17", body: { text: "灯" } } });
    expect(await once.register({ text: "灯，三天了" })).toBe("17");
    expect(await once.push({ text: "有刀" })()).toBe("17");
    expect([told, once.sent()]).toEqual([["danger k2 17"], { text: "灯" }]);
  });
});
