import { Type } from "typebox";
import type {
  CaseId,
  Instant,
  ItemCode,
  LinkageId,
  MessageId,
  NodeCode,
  RegionCode,
  RequestNo,
} from "../../kernel/index.ts";

/** Identifiers are opaque to a receiver: it compares them and never reads a time or an order out of them. */
const OPAQUE = { pattern: "^[A-Za-z0-9-]{1,64}$" } as const;

export const CaseIdSchema = Type.Unsafe<CaseId>(Type.String(OPAQUE));
export const LinkageIdSchema = Type.Unsafe<LinkageId>(Type.String(OPAQUE));
export const MessageIdSchema = Type.Unsafe<MessageId>(Type.String(OPAQUE));
export const BatchIdSchema = Type.String(OPAQUE);

/** Side word, dash, region. */
export const NodeCodeSchema = Type.Unsafe<NodeCode>(
  Type.String({ pattern: "^[a-z][A-Za-z0-9]{0,23}-[A-Za-z0-9]{1,24}$" }),
);

/** UTC with milliseconds. Days past the end of a month cannot be told by a pattern and are left to the reader. */
export const InstantSchema = Type.Unsafe<Instant>(
  Type.String({
    pattern: "^\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])T([01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d\\.\\d{3}Z$",
  }),
);

export const RegionCodeSchema = Type.Unsafe<RegionCode>(Type.String({ pattern: "^\\d{6}(\\d{6})?$" }));
export const RequestNoSchema = Type.Unsafe<RequestNo>(Type.String({ pattern: "^[A-Za-z0-9-]{1,40}$" }));
export const ItemCodeSchema = Type.Unsafe<ItemCode>(Type.String({ pattern: "^[A-Za-z0-9][A-Za-z0-9.-]{0,31}$" }));

/** A word of a code list, a citation or a number to dial. Short on purpose: free text belongs in a sealed value. */
export const CodeSchema = Type.String({ minLength: 1, maxLength: 200 });

/** SM3 in hex. */
export const DigestSchema = Type.String({ pattern: "^[0-9a-f]{64}$" });

/** Counters that begin at 1. */
export const CountSchema = Type.Integer({ minimum: 1, maximum: 2_147_483_647 });

export const KeyIdSchema = Type.String({ pattern: "^[0-9a-f]{16}$" });
export const PublicKeySchema = Type.String({ pattern: "^04[0-9a-f]{128}$" });
export const SignatureSchema = Type.String({ pattern: "^30[0-9a-f]{14,142}$" });
export const ProtocolSchema = Type.Integer({ minimum: 1, maximum: 10_000 });
export const LaneSchema = Type.Enum(["urgent", "ordinary"]);
