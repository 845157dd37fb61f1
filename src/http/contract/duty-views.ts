import { Type } from "typebox";
import type { Static } from "typebox";
import { Limit, nullable, oneOf, strict } from "./parts.ts";

const Text = Type.String();
const Maybe = nullable(Text);

export const DutyQuery = strict({
  /** Words of a unit: its name, its kind, its area, its code or its number; every one must occur. */
  q: Type.Optional(Type.String({ maxLength: 100 })),
  limit: Type.Optional(Limit),
});
export type DutyQuery = Static<typeof DutyQuery>;

const Named = strict({ nameZh: Text, nameEn: Text });

/** A unit and whom of it to ring now. Functions with numbers, never persons. @source yn:4.1.2 @req REQ-34 */
export const DutyRow = strict({
  code: Text,
  nameZh: Text,
  nameEn: Text,
  side: oneOf(["hotline", "police"]),
  kind: Named,
  area: Maybe,
  dutyPhone: Text,
  /** `yyyy-mm-dd`: when the duty phone was last rung and answered; null = never. */
  verifiedOn: Maybe,
  /** Never verified, or longer ago than the node allows. */
  stale: Type.Boolean(),
  /** An example row, not a real unit. */
  invented: Type.Boolean(),
  /** Whether a roster is kept at all. */
  rostered: Type.Boolean(),
  /** Who is on duty now, in the order to ring. */
  now: Type.Array(strict({ functionZh: Text, functionEn: Text, phone: Text })),
  /** The next time nobody is on duty. */
  gap: nullable(strict({ from: Text, to: Text })),
  /** Whom to ring when there is no answer, in order: a function of this unit or another unit; minutes to wait before each. */
  next: Type.Array(strict({ unit: nullable(Named), functionZh: Maybe, phone: Text, afterMinutes: Type.Integer() })),
});
export type DutyRow = Static<typeof DutyRow>;

export const DutyBoard = Type.Object(
  { at: Text, rows: Type.Array(DutyRow), more: Type.Integer() },
  { $id: "DutyBoard" },
);
export type DutyBoard = Static<typeof DutyBoard>;
