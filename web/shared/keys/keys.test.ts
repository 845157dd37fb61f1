import { describe, expect, test } from "vitest";
import { foldText } from "../design/fold-text.tsx";
import { comboOf, mayFire, pressOn } from "./keys.tsx";

const press = (key: string, rest: object = {}) => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...rest,
});
const state = (rest: object = {}) => ({ isComposing: false, keyCode: 0, repeat: false, ...rest });

describe("keys", () => {
  test("are named as bindings are written", () => {
    expect(comboOf(press("F9"))).toBe("F9");
    expect(comboOf(press("F9", { shiftKey: true }))).toBe("Shift+F9");
    expect(comboOf(press("k", { ctrlKey: true }))).toBe("Ctrl+K");
    expect(comboOf(press("D", { shiftKey: true }))).toBe("d");
    expect(comboOf(press("?", { shiftKey: true }))).toBe("?");
    expect(comboOf(press("Enter", { metaKey: true }))).toBe("Ctrl+Enter");
  });

  test("that belong to the input method fire nothing, old browsers' 229 included", () => {
    for (const combo of ["d", "2", "ArrowDown", "Ctrl+Enter", "F2", "F8", "Escape"]) {
      expect([combo, mayFire(state({ isComposing: true }), combo, false)]).toEqual([combo, false]);
      expect([combo, mayFire(state({ keyCode: 229 }), combo, false)]).toEqual([combo, false]);
    }
  });

  test("for danger and signing work whatever is being typed, once a press", () => {
    for (const combo of ["F9", "Shift+F9", "F1"]) {
      expect([combo, mayFire(state({ isComposing: true }), combo, true)]).toEqual([combo, true]);
      expect([combo, mayFire(state({ repeat: true }), combo, false)]).toEqual([combo, false]);
    }
  });

  test("that are letters or arrows belong to the field that has the caret", () => {
    expect(mayFire(state(), "d", true)).toBe(false);
    expect(mayFire(state(), "ArrowDown", true)).toBe(false);
    expect(mayFire(state(), "d", false)).toBe(true);
    expect(mayFire(state(), "Ctrl+Enter", true)).toBe(true);
    expect(mayFire(state(), "Alt+1", true)).toBe(true);
    expect(mayFire(state({ isComposing: true }), "Alt+1", true)).toBe(false);
  });
});

describe("a letter that is a command", () => {
  const runs: string[] = [];
  const take = { combo: "a", label: "command.accept", run: () => runs.push("a") } as const;
  const sends = { combo: "Ctrl+Enter", label: "key.submit", run: () => runs.push("send") } as const;
  const lost = { writing: false, modal: false, form: true };
  const pressed = (key: string, rest: object = {}) => ({ ...press(key, rest), ...state(), code: "" });

  test("is none while somebody writes on after the form has gone, bound or not, and is told; danger and sending act as ever", () => {
    const writesOn = { writing: false, modal: false, writesOn: true };
    expect(pressOn(pressed("a"), [take], writesOn)).toEqual({ keeps: false, binding: null, held: "heldByWriting" });
    expect(pressOn(pressed("b"), [take], writesOn)).toEqual({ keeps: false, binding: null, held: "heldByWriting" });
    expect(pressOn(pressed("Enter", { ctrlKey: true }), [sends], writesOn)).toEqual({ keeps: true, binding: sends });
    const danger = { combo: "F9", label: "key.danger", run: () => runs.push("danger") } as const;
    expect(pressOn(pressed("F9"), [danger], writesOn)).toEqual({ keeps: true, binding: danger });
  });

  test("brings the field for what is said next to somebody who writes on, and is left to the browser to be written there", () => {
    const writesOn = { writing: false, modal: false, writesOn: true };
    const adds = { combo: "m", label: "command.amend", run: () => runs.push("add"), takesWords: true } as const;
    expect(pressOn(pressed("a"), [take, adds], writesOn)).toEqual({ keeps: false, binding: adds, held: "writesOn" });
    const closed = { ...adds, enabled: false };
    expect(pressOn(pressed("a"), [take, closed], writesOn).held).toBe("heldByWriting");
    expect(pressOn(pressed("a"), [take, adds], { ...writesOn, modal: true }).binding).toBeNull();
  });

  test("is none while a form stands open, wherever the caret is, and is told as held; keys that write nothing act as before", () => {
    expect(pressOn(pressed("a"), [take], lost)).toEqual({ keeps: false, binding: null, held: "heldByForm" });
    expect(pressOn(pressed("a"), [take], { ...lost, form: false })).toEqual({ keeps: true, binding: take });
    expect(pressOn(pressed("b"), [take], lost)).toEqual({ keeps: false, binding: null });
    expect(pressOn(pressed("Enter", { ctrlKey: true }), [sends], lost)).toEqual({ keeps: true, binding: sends });
  });
});

describe("Alt with a digit, which the browser takes for its tabs", () => {
  const alt = (rest: object = {}) => ({ ...press("1", { altKey: true }), ...state(), code: "Digit1", ...rest });
  const free = { writing: true, modal: false };
  const runs: string[] = [];
  const answers = { combo: "Alt+1", label: "ask.yes", run: () => runs.push("yes") } as const;
  const owned = {
    combo: "Alt+1",
    label: "ask.yes",
    run: () => runs.push("owned"),
    enabled: false,
    holds: true,
  } as const;

  test("answers once; while it is held it belongs to nobody else", () => {
    expect(pressOn(alt(), [answers, owned], free)).toEqual({ keeps: true, binding: answers });
    expect(pressOn(alt({ repeat: true }), [answers, owned], free)).toEqual({ keeps: true, binding: null });
  });

  test("never reaches the browser while a form holds it: between two questions, in a dialogue, in an input method", () => {
    expect(pressOn(alt(), [owned], free)).toEqual({ keeps: true, binding: null });
    expect(pressOn(alt(), [answers, owned], { ...free, modal: true })).toEqual({ keeps: true, binding: null });
    expect(pressOn(alt({ isComposing: true }), [answers, owned], free)).toEqual({ keeps: true, binding: null });
    expect(pressOn(alt(), [], free)).toEqual({ keeps: false, binding: null });
  });

  test("of the number pad writes a character on some machines and is left alone", () => {
    expect(pressOn(alt({ code: "Numpad1" }), [answers, owned], free)).toEqual({ keeps: false, binding: null });
  });
});

describe("long texts", () => {
  test("keep their beginning and their END; threats stand at the end", () => {
    const text = `${"前".repeat(3_500)}${"后".repeat(3_400)}我要点火`;
    const { head, hidden, tail } = foldText(text);
    expect(tail.endsWith("我要点火")).toBe(true);
    expect([...head].length + hidden + [...tail].length).toBe([...text].length);
  });

  test("of ordinary length are shown whole", () => {
    expect(foldText("短")).toEqual({ head: "短", hidden: 0, tail: "" });
  });
});
