import type { Static } from "typebox";
import type {
  FieldView as FieldSchema,
  LinkageView as LinkageSchema,
  OrderView as OrderSchema,
  TimelineEntry as TimelineSchema,
  VerdictView as VerdictSchema,
} from "../../../src/http/contract/index.ts";

export type FieldView = Static<typeof FieldSchema>;
export type LinkageView = Static<typeof LinkageSchema>;
export type OrderView = Static<typeof OrderSchema>;
export type TimelineEntry = Static<typeof TimelineSchema>;
export type VerdictView = Static<typeof VerdictSchema>;

/** Answer of a reveal. */
export type Revealed = { readonly field: string; readonly value: FieldView };
