import { Type } from "typebox";
import type { Static, TObject, TProperties, TSchema, TUnion, TNull, TUnsafe } from "typebox";

/** Closed object: an unknown property is refused by name. */
export function strict<P extends TProperties>(properties: P, description?: string): TObject<P> {
  return Type.Object(properties, {
    additionalProperties: false,
    ...(description === undefined ? {} : { description }),
  });
}

export function nullable<T extends TSchema>(schema: T): TUnion<[T, TNull]> {
  return Type.Union([schema, Type.Null()]);
}

/** Literal union from a list, so that the list is written once. */
export function oneOf<const L extends string>(list: readonly [L, ...L[]]): TUnsafe<L> {
  return Type.Unsafe<L>({ type: "string", enum: [...list] });
}

export const Uuid = Type.String({ pattern: "^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$" });
export const InstantText = Type.String({
  pattern: "^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}\\.\\d{3}Z$",
  description: "ISO 8601 UTC with milliseconds",
});
/** A number as somebody wrote it. */
export const PhoneText = Type.String({ pattern: "^[0-9+ -]{3,24}$" });
export const Division = Type.String({
  pattern: "^(\\d{6}|\\d{12})$",
  description: "GB/T 2260 division, 6 digits, or 12 with town and village",
});
export const RequestNoText = Type.String({ pattern: "^\\d{19}$", description: "the one number of a request" });
export const ItemCodeText = Type.String({ pattern: "^[A-DNZ]\\d{2}-\\d{2}$" });
export const GroupCodeText = Type.String({ pattern: "^G\\d{2,3}$" });
export const QuestionCodeText = Type.String({ pattern: "^G\\d{2,3}-\\d{1,2}$" });
export const LongText = Type.String({ minLength: 1, maxLength: 20_000 });
export const ShortText = Type.String({ minLength: 1, maxLength: 200 });
export const Code = Type.String({ pattern: "^[A-Za-z][A-Za-z0-9.-]{0,63}$" });
export const Satisfaction = Type.Integer({
  minimum: 1,
  maximum: 5,
  description: "1 very dissatisfied … 5 very satisfied",
});

/** RFC 9457 problem details with our literal code, both languages and the clause behind the refusal. */
export const Problem = Type.Object(
  {
    type: Type.String(),
    title: Type.String({ description: "Chinese" }),
    titleEn: Type.String(),
    status: Type.Integer(),
    code: Type.String(),
    detail: Type.Optional(Type.String()),
    source: Type.Optional(Type.String({ description: "clause, agreement, or default" })),
    params: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
    requestId: Type.Optional(Type.String()),
  },
  { $id: "Problem" },
);
export type Problem = Static<typeof Problem>;

/** How many rows at most a list may bring. */
export const Limit = Type.String({
  pattern: "^([1-9]\\d?|1\\d\\d|200)$",
  description: "rows, 1 to 200; 50 when left out",
});
