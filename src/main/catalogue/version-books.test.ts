import { expect, test } from "vitest";
import { isUrgent, urgently } from "../../app/ports/urgency.ts";
import { instantOf } from "../../kernel/index.ts";
import type { NodeCode } from "../../kernel/index.ts";
import { createVersionBooks } from "./version-books.ts";

const PEER = "police-1" as NodeCode;
type Ports = Parameters<typeof createVersionBooks>[0];
type Want = Ports["desk"]["wanted"]["want"];

/** Books of a node that keeps nothing; `want` is what its database does. */
function booksOver(want: Want) {
  const told = { wanted: 0, faults: 0 };
  const nothing = async (): Promise<never> => Promise.reject(new Error("nothing is kept"));
  const books = createVersionBooks({
    desk: {
      now: () => instantOf(0),
      versions: { versions: async () => [], findVersion: async () => null } as never,
      wanted: {
        want,
        due: nothing,
        wanted: nothing,
        tryAgain: nothing,
        setAside: nothing,
        ask: nothing,
        giveUp: nothing,
        forget: nothing,
      },
    },
    onWanted: () => (told.wanted += 1),
    onFault: () => (told.faults += 1),
  });
  return { books, told };
}

test("a push under a version nobody here knows waits for nothing, though the database never answers (P3, nmg:2.2.1)", () => {
  const asked: string[] = [];
  const { books } = booksOver(async (version) => {
    asked.push(version);
    return new Promise(() => undefined);
  });
  for (let i = 0; i < 3; i++) expect(books.by("city@2", PEER)).toBeNull();
  expect(asked).toEqual(["city@2"]);
});

test("what is missing is asked for with ordinary capacity, also when a danger noticed it (nmg:2.2.1)", async () => {
  const lanes: boolean[] = [];
  const { books, told } = booksOver(async () => {
    lanes.push(isUrgent());
    return true;
  });
  urgently(() => books.by("city@2", PEER));
  await expect.poll(() => told.wanted).toBe(1);
  expect(lanes).toEqual([false]);
});

test("nobody is asked for a word that names no version, or when nobody judged by it; after a fault it is noted again", async () => {
  let tries = 0;
  const { books, told } = booksOver(async () => {
    tries += 1;
    throw new Error("no database");
  });
  for (const word of ["unknown", "specimen-1", "city@0", "city@2 "]) books.by(word, PEER);
  books.by("city@2", null);
  expect(tries).toBe(0);
  books.by("city@2", PEER);
  await expect.poll(() => told.faults).toBe(1);
  books.by("city@2", PEER);
  await expect.poll(() => told.faults).toBe(2);
  expect(tries).toBe(2);
});
