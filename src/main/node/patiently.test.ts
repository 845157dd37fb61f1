import { expect, test } from "vitest";
import { patiently } from "./patiently.ts";

const TIMED_OUT = () => new Error("Connection terminated due to connection timeout");
const REFUSED = () => Object.assign(new Error("connect ECONNREFUSED"), { code: "ECONNREFUSED" });

async function tried(faults: readonly Error[], withinMs = 1_000) {
  const [left, said] = [[...faults], [] as string[]];
  let tries = 0;
  const done = await patiently(
    async () => {
      tries++;
      const fault = left.shift();
      if (fault !== undefined) throw fault;
      return "started";
    },
    { log: (line) => void said.push(line), everyMs: 1, withinMs },
  ).catch((fault: unknown) => fault);
  return { done, tries, said };
}

test("a node waits for a database that is too busy to answer, and says so once (nmg:2.2.1)", async () => {
  const full = Object.assign(new Error("sorry, too many clients already"), { code: "53300" });
  const starting = Object.assign(new Error("the database system is starting up"), { code: "57P03" });
  const waiting = new Error("timeout exceeded when trying to connect");
  const { done, tries, said } = await tried([TIMED_OUT(), full, starting, waiting]);
  expect([done, tries, said.length]).toEqual(["started", 5, 1]);
});

test("an address where nobody listens is told at once, and so is what has nothing to do with being busy", async () => {
  for (const fault of [REFUSED(), new Error("relation does not exist")]) {
    expect(await tried([fault])).toEqual({ done: fault, tries: 1, said: [] });
  }
});

test("a database that never answers is told of in the end", async () => {
  const { done, tries } = await tried(Array.from({ length: 50 }, TIMED_OUT), 0);
  expect([String(done), tries]).toEqual([String(TIMED_OUT()), 1]);
});
