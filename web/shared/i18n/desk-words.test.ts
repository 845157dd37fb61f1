import { describe, expect, test } from "vitest";
import { deskWords } from "./desk-words.ts";
import { en } from "./en.ts";
import { zh } from "./zh.ts";

const ORDER = "派单";
const POLICE_ORDER = "派警";

describe("each desk reads its own word for sending somebody", () => {
  test("an order is sent by one word at 12345 and by another at 110, wherever it is said", () => {
    const keys = ["command.dispatch", "due.stage.dispatch", "event.OrderOpened"];
    expect(keys.map((key) => deskWords(zh, "hotline")[key])).toEqual(keys.map(() => ORDER));
    expect(keys.map((key) => deskWords(zh, "police")[key])).toEqual(keys.map(() => POLICE_ORDER));
    expect(deskWords(en, undefined)["command.dispatch"]).toBe("Dispatch");
  });

  test("110 never reads the word of 12345 for what 110 itself sends; the role and what 12345 has done keep it", () => {
    const ofTheOther = ["role.dispatcher", "progress.dispatched"];
    const said = Object.entries(deskWords(zh, "police")).filter(([, words]) => words.includes(ORDER));
    expect(said.map(([key]) => key)).toEqual(ofTheOther);
  });

  test("a word of 110 stands beside a plain one", () => {
    const lost = Object.keys(zh).filter((key) => key.endsWith("@police") && !(key.replace("@police", "") in zh));
    expect(lost).toEqual([]);
  });
});
