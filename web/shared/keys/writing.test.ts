import { describe, expect, test } from "vitest";
import { openWriting, WRITES_ON_MS } from "./writing.ts";

const key = (name: string, at: number, rest: object = {}) => ({
  key: name,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  timeStamp: at,
  ...rest,
});
const gone = { isConnected: false };
const stands = { isConnected: true };
const SEND = { ctrlKey: true };

describe("somebody whose field has gone", () => {
  test("writes on for a second after the last letter, and as long as letters follow each other", () => {
    const hands = openWriting();
    hands.note(key("a", 0), gone, false);
    expect(hands.goesOn(WRITES_ON_MS - 1)).toBe(true);
    expect(hands.goesOn(WRITES_ON_MS)).toBe(false);
    hands.note(key("b", 900), null, false);
    expect(hands.goesOn(1_800)).toBe(true);
  });

  test("writes on while an input method has the keys", () => {
    const hands = openWriting();
    hands.note(key("Process", 0), gone, false);
    expect(hands.goesOn(100)).toBe(true);
  });

  test("writes on after sending what a caller says, for the caller talks on; after sending anything else it is over", () => {
    const said = openWriting();
    said.note(key("Control", 0), gone, true);
    said.note(key("Enter", 10, SEND), gone, true);
    expect(said.goesOn(200)).toBe(true);
    const other = openWriting();
    other.note(key("a", 0), gone, false);
    other.note(key("Enter", 10, SEND), gone, false);
    expect(other.goesOn(200)).toBe(false);
  });

  test("has ended it by Enter, Escape, Tab or a command, wherever the caret is", () => {
    for (const name of ["Enter", "Escape", "Tab", "F4", "ArrowDown"]) {
      const inField = openWriting();
      inField.note(key("a", 0), gone, true);
      inField.note(key(name, 10), gone, true);
      expect([name, inField.goesOn(20)]).toEqual([name, false]);
      const outside = openWriting();
      outside.note(key("a", 0), gone, true);
      outside.note(key(name, 10), null, false);
      expect([name, outside.goesOn(20)]).toEqual([name, false]);
    }
  });

  test("is only somebody whose field has gone: who left it standing has left it", () => {
    const hands = openWriting();
    hands.note(key("a", 0), stands, true);
    expect(hands.goesOn(10)).toBe(false);
  });
});
