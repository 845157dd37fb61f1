import { Type } from "typebox";
import { expect, test } from "vitest";
import { RequestView } from "./contract/index.ts";
import { wireSchema } from "./wire-schema.ts";

test("the serialiser's schema requires nothing, has no alternatives and no id, but every property", () => {
  const wire = wireSchema(RequestView);
  const text = JSON.stringify(wire);
  for (const word of ['"required"', '"anyOf"', '"$id"']) expect(text).not.toContain(word);
  expect(Object.keys(wire["properties"] ?? {})).toEqual(Object.keys(RequestView.properties));
});

test("what may be null is nullable; a choice of several shapes is taken as it comes", () => {
  const choice = Type.Union([Type.Object({ a: Type.String() }), Type.Object({ b: Type.String() })]);
  expect(wireSchema(Type.Union([Type.String(), Type.Null()]))).toEqual({ type: "string", nullable: true });
  expect(wireSchema(choice)).toEqual({});
});
