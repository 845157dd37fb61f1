import { describe, expect, it } from "vitest";
import { maskField, maskNumbersInText } from "./mask.ts";
import { SCOPE_TABLE, showingOf } from "./scopes.ts";

const PERSONAL = ["requester.name", "requester.phone", "requester.contact"] as const;

describe("disclosure scope (nmg:2.3.2)", () => {
  it("a field that nobody put into the table is hidden from everybody (REQ-56)", () => {
    for (const viewer of ["desk", "unit", "peerTransfer", "peerDanger", "public", "evidence"] as const)
      expect(showingOf(viewer, "requester.idCard", false)).toBe("hidden");
  });

  it("an urgent push always carries the caller's number and place, a confidential one too (P3, P5)", () => {
    for (const confidential of [false, true])
      for (const field of ["requester.phone", "address"])
        expect(showingOf("peerDanger", field, confidential)).toBe("clear");
  });

  it("who is confidential is known to no unit and no ordinary hand-over (REQ-56)", () => {
    for (const field of PERSONAL) {
      expect(showingOf("unit", field, true)).toBe("hidden");
      expect(showingOf("peerTransfer", field, true)).toBe("hidden");
      expect(showingOf("desk", field, true)).toBe("masked");
    }
  });

  it("a desk that is only told of a matter is never told who asked, and of a confidential one only what is written to it (yn:3.3, REQ-56)", () => {
    const shown = (confidential: boolean) =>
      SCOPE_TABLE.map((row) => row.field.replace("*", "1")).filter(
        (field) => showingOf("peerTold", field, confidential) !== "hidden",
      );
    expect(shown(false)).toEqual(["address", "text", "note.1", "notice.1", "support.1"]);
    expect(shown(true)).toEqual(["notice.1", "support.1"]);
  });

  it("the public and the evidence see no field at all, and nobody is shown a check code", () => {
    for (const row of SCOPE_TABLE) {
      const field = row.field.replace("*", "1");
      expect([showingOf("public", field, false), showingOf("evidence", field, false)]).toEqual(["hidden", "hidden"]);
    }
    expect(showingOf("desk", "checkCode", false)).toBe("hidden");
  });

  it("a masked value is recognised, not read", () => {
    expect(maskField("requester.phone", "13800001234")).toBe("138****1234");
    expect(maskField("requester.phone", "62001234")).toBe("******34");
    expect(maskField("requester.name", "欧阳某")).toBe("欧**");
    expect(maskNumbersInText("致电13800001234，井盖1个")).toBe("致电138****34，井盖1个");
  });
});
