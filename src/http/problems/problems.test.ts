import { expect, test } from "vitest";
import type { FileRefusal } from "../../core/file/index.ts";
import {
  errorList,
  groundsOfProblem,
  isRefusalCode,
  labelOf,
  LABELS,
  problemList,
  problemOf,
  schemaInvalid,
} from "./index.ts";
import type { Reader, RefusalCode } from "./index.ts";

function readerAt(side: Reader["side"]): Reader {
  return { side, refusalSource: (code) => groundsOfProblem(code)?.nmg.clause ?? null };
}

test("every refusal has a status of an error, a Chinese and an English text", () => {
  for (const p of problemList()) {
    expect([p.code, p.status >= 400 && p.status < 600]).toEqual([p.code, true]);
    expect(p.code).toMatch(/^[A-Z][A-Z_]*[A-Z]$/);
    expect(p.zh).toMatch(/[一-鿿]/);
    expect(p.en).toMatch(/^[A-Z{].*[^.]$/);
    expect(p.en).not.toMatch(/[一-鿿]/);
  }
});

test("every code the rules can refuse with has its row; a missing one does not compile", () => {
  const codes: readonly (FileRefusal["code"] extends RefusalCode ? RefusalCode : never)[] = ["NOT_HOLDER"];
  expect(codes.every(isRefusalCode)).toBe(true);
});

test("both texts of a refusal take the same params", () => {
  for (const p of problemList())
    expect([p.code, names(p.zh).filter((n) => n !== "verb")]).toEqual([
      p.code,
      names(p.en).filter((n) => n !== "verb"),
    ]);
});

test("params are put into the texts, codes as words of the language", () => {
  const problem = problemOf(
    { code: "CASE_NOT_IN_STATUS", params: { verb: "conclude", status: "offered" } },
    "r1",
    readerAt("hotline"),
  );
  expect(problem).toMatchObject({
    status: 409,
    title: "诉求当前为“待对方受理”，不能办结",
    titleEn: "The request is offered now; it cannot be concluded",
    source: "nmg:2.2.1",
    requestId: "r1",
  });
});

test("110 reads its own word for sending somebody in every refusal, and in English both read the same", () => {
  const said = (side: "hotline" | "police") => {
    const open = problemOf({ code: "ORDERS_OPEN", params: { count: 2 } }, "r1", readerAt(side));
    const state = problemOf({ code: "ORDER_NOT_IN_STATE", params: { state: "dispatched" } }, "r1", readerAt(side));
    return [open.title, state.title, state.titleEn];
  };
  const en = "The order is dispatched now; this cannot be done";
  expect(said("hotline")).toEqual(["还有 2 张派单未办结", "派单当前为“已派单”，不能进行此操作", en]);
  expect(said("police")).toEqual(["还有 2 次派警未办结", "派警当前为“已派警”，不能进行此操作", en]);
  const words = [
    ...problemList("police").map(({ zh }) => zh),
    ...Object.keys(LABELS).map((one) => labelOf(one, "zh", "police")),
  ];
  expect(words.filter((one) => one.includes("派单"))).toEqual([]);
});

test("what a refusal rests on is said as its node says it, and nothing is said of what rests on the program alone", () => {
  const told = (source: string | null) =>
    problemOf({ code: "RETURN_USED" }, "r1", { side: "hotline", refusalSource: () => source });
  expect([told("default").source, told("yn:3.1").source]).toEqual(["default", "yn:3.1"]);
  expect(told(null)).not.toHaveProperty("source");
});

test("a name that is not one of the codes is none, not even one every object has", () => {
  expect(["NOT_HOLDER", "toString", "constructor", ""].map(isRefusalCode)).toEqual([true, false, false, false]);
});

test("the list for the documentation names every code once, in order", () => {
  const lines = errorList()
    .split("\n")
    .filter((l) => l.startsWith("| `"));
  expect(lines).toHaveLength(problemList().length);
  expect(lines).toEqual([...lines].sort());
  expect(lines.find((l) => l.includes("NO_INITIAL_RESPONSE"))).toContain("| 409 |");
});

test("labels come in both languages", () => {
  for (const label of Object.values(LABELS)) {
    expect(label.zh).not.toBe("");
    expect(label.en).not.toBe("");
  }
});

test("a body with very many faults is answered with the first ten", () => {
  const findings = Array.from({ length: 50 }, (_, i) => ({
    instancePath: "",
    keyword: "additionalProperties",
    params: { additionalProperty: `p${i}` },
  }));
  expect(schemaInvalid("body", findings, "hotline").params?.["errors"]).toHaveLength(10);
});

function names(text: string): readonly string[] {
  return [...text.matchAll(/\{(\w+)\}/g)].map((m) => m[1] ?? "").sort();
}
