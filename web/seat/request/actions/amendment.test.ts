import { describe, expect, test } from "vitest";
import { amendedDraft, amendmentOf, offeredValues } from "./amendment.ts";

const request = {
  place: "150102",
  requestKind: "complaint",
  field: null,
  requesterType: null,
  confidential: true,
};

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
});
