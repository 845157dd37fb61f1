import { expect, test } from "vitest";
import { errorsPage, refusalCodes } from "./errors.ts";

test("refusal codes are found in types, in a union and in an object, but not in values or other literals", () => {
  const text =
    'type A = "NOT_YOURS" | "other"; type B = { readonly code: "TOO_LATE"; at: string }; const c = "IN_VALUE";';
  expect(refusalCodes("src/a.ts", text).map((one) => one.code)).toEqual(["NOT_YOURS", "TOO_LATE"]);
});

test("the page is sorted by file and code whatever the order found", () => {
  const page = errorsPage([
    ...refusalCodes("src/b.ts", 'type A = "A_B"'),
    ...refusalCodes("src/a.ts", 'type A = "Z_Z" | "A_A"'),
  ]);
  expect(page.match(/`[A-Z_]+`/g)).toEqual(["`A_A`", "`Z_Z`", "`A_B`"]);
});
