import { expect, test } from "vitest";
import { aCatalogue, valid } from "./small-catalogue.test-data.ts";
import { diffCatalogues } from "./index.ts";

test("two versions that say the same differ in nothing", () => {
  expect(diffCatalogues(valid(), valid())).toEqual([]);
  const catalogue = valid();
  const turned = catalogue.groups.map((group) => ({
    ...group,
    questions: group.questions.map((question) => {
      const { yes, no, unknown } = question.leadsTo;
      return { ...question, leadsTo: { unknown, no, yes } };
    }),
  }));
  expect(diffCatalogues(catalogue, { ...catalogue, groups: turned })).toEqual([]);
});

test("a row that is given to another desk is told by code, with what it was and what it is (REQ-20)", () => {
  const from = "ldgzsh|||hotline|hotlineHandles|ordinary||plan|nmg:a1.1|works||2026-01-01|";
  const to = "ldgzsh|||police|policeHandles|ordinary||agreement|nmg:a1.1||station|2026-01-01|";
  expect(diffCatalogues(valid(), valid(aCatalogue({ file: "items.csv", from, to })))).toEqual([
    {
      list: "items",
      code: "A01-05",
      nameZh: "路灯故障损坏",
      nameEn: "Street lamp out",
      kind: "changed",
      document: null,
      fields: [
        { field: "side", from: "hotline", to: "police" },
        { field: "mode", from: "hotlineHandles", to: "policeHandles" },
        { field: "basis", from: "plan", to: "agreement" },
        { field: "defaultUnitKind", from: "works", to: "-" },
        { field: "defaultPoliceUnitKind", from: "-", to: "station" },
      ],
    },
  ]);
});

test("rows added, removed and ended are told as such, in items, questions, lists, limits and policies", () => {
  const catalogue = valid();
  const [item] = catalogue.items;
  const [group] = catalogue.groups;
  const [question] = group?.questions ?? [];
  if (item === undefined || group === undefined || question === undefined) throw new Error("too small");
  const later = {
    ...catalogue,
    items: [...catalogue.items.filter((row) => row !== item), { ...item, validTo: "2026-09-30", document: "hui" }],
    groups: [{ ...group, questions: [{ ...question, askZh: "坏的是灯吗？" }] }],
    channels: [],
    limits: catalogue.limits.map((row) =>
      row.code === "reply-general" ? { ...row, amount: 3, document: "hui" } : row,
    ),
    clockMarks: catalogue.clockMarks.slice(1),
    policies: { ...catalogue.policies, answerRateTarget: { value: 0.9, source: "nmg:a1.1" } },
  };
  const told = diffCatalogues(catalogue, later).map(({ list, code, kind, document, fields }) => [
    list,
    code,
    kind,
    document,
    fields.map(({ field }) => field).join(),
  ]);
  expect(told).toEqual([
    ["policies", "answerRateTarget", "changed", null, "value"],
    ["items", "A01-05", "ended", "hui", "document,validTo"],
    ["groupQuestions", "G01-1", "changed", null, "askZh"],
    ["groupQuestions", "G01-2", "removed", null, ""],
    ["channels", "phone", "removed", null, ""],
    ["limits", "reply-general", "changed", "hui", "amount,document"],
    ["clockMarks", "standard-reminder", "removed", null, ""],
  ]);
  expect(diffCatalogues(later, catalogue).map(({ code, kind }) => [code, kind])).toContainEqual(["phone", "added"]);
});
