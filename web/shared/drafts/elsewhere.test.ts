import { describe, expect, test } from "vitest";
import type { Line } from "./elsewhere.ts";
import { openElsewhere } from "./elsewhere.ts";

/** A line between tabs that carries at once. */
function aLine(): () => Line {
  const ears: { readonly of: object; readonly ear: (said: unknown) => void }[] = [];
  return () => {
    const end = {};
    return {
      post: (said) => {
        for (const { of, ear } of ears) if (of !== end) ear(structuredClone(said));
      },
      hear: (ear) => void ears.push({ of: end, ear }),
    };
  };
}

describe("a form that is open in another tab", () => {
  test("is known to tabs that came before and after it, until it is closed there", () => {
    const end = aLine();
    const before = openElsewhere(end(), "a", () => 0);
    const here = openElsewhere(end(), "b", () => 0);
    const release = here.hold("register.1");
    const after = openElsewhere(end(), "c", () => 0);
    expect([before.has("register.1"), after.has("register.1"), here.has("register.1")]).toEqual([true, true, false]);
    const told = before.version();
    release();
    release();
    expect([before.has("register.1"), after.has("register.1")]).toEqual([false, false]);
    expect(before.version()).toBeGreaterThan(told);
  });

  test("is left behind when its tab goes, and not when the tab comes back from where it went", () => {
    const end = aLine();
    const one = openElsewhere(end(), "a", () => 0);
    const two = openElsewhere(end(), "b", () => 0);
    one.hold("register.1");
    one.leave();
    expect(two.has("register.1")).toBe(false);
    one.back();
    expect(two.has("register.1")).toBe(true);
  });

  test("is left behind when its tab crashed and answers no more; who answers stays", () => {
    const end = aLine();
    const lines = [end(), end(), end()] as const;
    let now = 0;
    let dead = false;
    const mute: Line = { post: (said) => (dead ? undefined : lines[0].post(said)), hear: lines[0].hear };
    const crashed = openElsewhere(mute, "a", () => now);
    const alive = openElsewhere(lines[1], "b", () => now);
    const here = openElsewhere(lines[2], "c", () => now);
    crashed.hold("register.1");
    alive.hold("register.2");
    dead = true;
    now = 10_000;
    here.ask(now - 25_000);
    now = 30_000;
    here.ask(now - 25_000);
    expect([here.has("register.1"), here.has("register.2")]).toEqual([false, true]);
  });
});
