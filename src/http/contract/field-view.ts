import { Type } from "typebox";
import type { Static } from "typebox";
import { nullable, oneOf, strict } from "./parts.ts";

/** A sealed field as the reader may see it. */
export const FieldView = strict({
  showing: oneOf(["clear", "masked", "hidden", "erased"]),
  value: nullable(Type.String()),
  /** Whether the reader may ask for the clear value with a reason. */
  revealable: Type.Boolean(),
});
export type FieldView = Static<typeof FieldView>;
