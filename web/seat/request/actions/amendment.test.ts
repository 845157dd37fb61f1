import { describe, expect, test } from "vitest";
import { amendedDraft, amendmentOf, changesNothing, offeredValues } from "./amendment.ts";

const request = {
  place: "150102",
  requestKind: "complaint",
  field: null,
  requesterType: null,
  confidential: true,
  fields: { address: { showing: "clear", value: "东库街 12 号院", revealable: false } },
} as const;

describe("an amendment", () => {
  test("sends nothing of what the form only offered", () => {
    expect(amendmentOf(request, amendedDraft(offeredValues(request)), "")).toEqual({ fields: {} });
  });

  test("sends what was changed and the words, and nothing else", () => {
    const values = { ...offeredValues(request), field: "publicServices", confidential: "", phone: "138" };
    expect(amendmentOf(request, amendedDraft(values), " 又来电 ")).toEqual({
      fields: { field: "publicServices", requesterPhone: "138", confidential: false },
      note: "又来电",
    });
  });

  test("offers the place in words as it stands and sends it only when it was changed (nmg:2.2.1)", () => {
    const offered = offeredValues(request);
    expect(offered["address"]).toBe("东库街 12 号院");
    const values = { ...offered, address: "东库街 14 号院" };
    expect(amendmentOf(request, amendedDraft(values), "")).toEqual({ fields: { address: "东库街 14 号院" } });
  });

  test("never sends back a place that is masked for this reader", () => {
    const masked = {
      ...request,
      fields: { address: { showing: "masked", value: "东库街***", revealable: true } },
    } as const;
    expect(offeredValues(masked)["address"]).toBe("");
    expect(amendmentOf(masked, amendedDraft(offeredValues(masked)), "")).toEqual({ fields: {} });
  });

  test("is told from one that says nothing new: as it was offered, emptied, or blank", () => {
    const emptied = { ...offeredValues(request), address: "" };
    expect(changesNothing(amendmentOf(request, amendedDraft(offeredValues(request)), " \n"))).toBe(true);
    expect(changesNothing(amendmentOf(request, amendedDraft(emptied), ""))).toBe(true);
    expect(changesNothing(amendmentOf(request, amendedDraft(emptied), "又来电"))).toBe(false);
  });
});
