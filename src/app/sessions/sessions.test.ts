import { randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import { instantOf } from "../../kernel/index.ts";
import type { Instant, RegionCode, UserId } from "../../kernel/index.ts";
import type { User } from "../ports/accounts.ts";
import { createLockout } from "./lockout.ts";
import { createMemoryAccounts } from "./memory-accounts.ts";
import type { MemoryAccounts } from "./memory-accounts.ts";
import { checkPassword, hashPassword, PASSWORD_COST } from "./password.ts";
import { createGate } from "./queue-gate.ts";
import { createSessions } from "./sessions.ts";
import type { Sessions } from "./sessions.ts";

const CHEAP = { n: 1024, r: 8, p: 1 };
const USER: User = {
  id: "user-1" as UserId,
  login: "taker",
  displayName: "taker",
  roles: ["callTaker"],
  regions: ["150100" as RegionCode],
  unit: null,
  active: true,
  demo: false,
};

test("a password is stored with salt and cost, and only itself opens it", async () => {
  const stored = await hashPassword("电池 staple", randomBytes(16));
  expect(stored).toMatch(/^scrypt\$n=32768,r=8,p=1\$[\w+/=]{24}\$[\w+/=]{44}$/);
  expect(await checkPassword("电池 staple", stored)).toEqual({ right: true, weak: false });
  expect(await checkPassword("电池 stapl", stored)).toEqual({ right: false, weak: false });
  expect(await checkPassword("ｓtaple", await hashPassword("staple", randomBytes(16), CHEAP))).toMatchObject({
    right: true,
  });
  expect(PASSWORD_COST).toEqual({ n: 32_768, r: 8, p: 1 });
});

test("a stored text that cannot be read opens for nobody", async () => {
  for (const stored of ["", "secret", "scrypt$n=1024,r=8,p=1$$", "scrypt$n=1024,r=8,p=1$AAAA$"])
    expect((await checkPassword("secret", stored, CHEAP)).right).toBe(false);
});

test("a password stored with a lower cost is stored anew at log-in", async () => {
  const { accounts, sessions } = await desk({ n: 2048, r: 8, p: 1 });
  expect(accounts.hashOf("taker")).toContain("n=1024,");
  const input = { login: "taker", password: "secret", address: "::1" };
  expect((await sessions.logIn(input)).ok).toBe(true);
  expect(accounts.hashOf("taker")).toContain("n=2048,");
  expect((await sessions.logIn(input)).ok).toBe(true);
});

test("an unknown login costs as much time as a wrong password", async () => {
  const { sessions } = await desk({ n: 16_384, r: 8, p: 1 }, { n: 16_384, r: 8, p: 1 });
  const time = async (login: string, address: string): Promise<number> => {
    const from = performance.now();
    await sessions.logIn({ login, password: "wrong", address });
    return performance.now() - from;
  };
  const known: number[] = [];
  const unknown: number[] = [];
  // The least of each is what it costs; a busy machine needs more tries to show it. From elsewhere each time, so that nothing is locked.
  const ratio = (): number => Math.min(...unknown) / Math.min(...known);
  const isEven = (): boolean => ratio() > 0.5 && ratio() < 2;
  for (let i = 0; i < 4 || (i < 40 && !isEven()); i++) {
    known.push(await time("taker", `10.0.0.${i}`));
    unknown.push(await time("nobody", `10.0.0.${i}`));
  }
  expect(ratio()).toBeGreaterThan(0.5);
  expect(ratio()).toBeLessThan(2);
});

test("who guesses from elsewhere cannot lock a known seat out", async () => {
  const { sessions } = await desk(CHEAP);
  const at = (address: string, password: string) => sessions.logIn({ login: "taker", password, address });
  expect((await at("10.0.0.1", "secret")).ok).toBe(true);
  for (let i = 0; i < 8; i++) await at("10.9.9.9", "wrong");
  expect(await at("10.9.9.9", "secret")).toMatchObject({ error: { code: "LOCKED_OUT" } });
  expect((await at("10.0.0.1", "secret")).ok).toBe(true);
});

test("guesses sent at once count like guesses sent one by one", async () => {
  const { sessions } = await desk(CHEAP);
  const guesses = Array.from({ length: 20 }, () =>
    sessions.logIn({ login: "taker", password: "wrong", address: "10.9.9.9" }),
  );
  const codes = (await Promise.all(guesses)).map((g) => (g.ok ? "in" : g.error.code));
  expect(codes.filter((c) => c === "LOGIN_FAILED")).toHaveLength(5);
  expect(codes.filter((c) => c === "LOCKED_OUT")).toHaveLength(15);
});

test("the wait doubles up to its limit and is forgotten after a quiet time", () => {
  const lockout = createLockout({ free: 2, firstMs: 10, maxMs: 35, forgetMs: 1_000, capacity: 100 });
  const waits: number[] = [];
  for (let i = 0; i < 6; i++) {
    lockout.strike("k", 0);
    waits.push(lockout.waitMs("k", 0));
  }
  expect(waits).toEqual([0, 10, 20, 35, 35, 35]);
  expect(lockout.waitMs("other", 0)).toBe(0);
  lockout.strike("k", 2_000);
  expect(lockout.waitMs("k", 2_000)).toBe(0);
});

test("a flood of log-ins waits in a short line, and the rest is told busy", async () => {
  const gate = createGate(1, 1);
  const open: (() => void)[] = [];
  const job = () => new Promise<string>((resolve) => open.push(() => resolve("done")));
  const results = [gate(job), gate(job), gate(job)];
  expect(await results[2]).toBeNull();
  expect(open).toHaveLength(1);
  open[0]?.();
  expect(await results[0]).toBe("done");
  await Promise.resolve();
  open[1]?.();
  expect(await results[1]).toBe("done");
});

const now = (): Instant => instantOf(1_795_324_697_123);

async function desk(cost: typeof CHEAP, stored = CHEAP): Promise<{ accounts: MemoryAccounts; sessions: Sessions }> {
  const accounts = createMemoryAccounts();
  await accounts.saveUser(USER, await hashPassword("secret", randomBytes(16), stored), now());
  const ids = { next: () => "", random: (bytes: number) => randomBytes(bytes) };
  return {
    accounts,
    sessions: createSessions({ accounts, clock: { now }, ids, keyedHash: (text) => text, allowDemoUsers: false, cost }),
  };
}
