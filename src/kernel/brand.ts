declare const brand: unique symbol;

/** A string that was checked or made for one purpose and cannot be taken for another. */
export type Brand<Name extends string> = string & { readonly [brand]: Name };

/** One request at this node, and its copy at every other node: the same id everywhere (UUIDv7). */
export type CaseId = Brand<"CaseId">;
/** One linkage (对接事项) = one conversation between two nodes (UUIDv7). */
export type LinkageId = Brand<"LinkageId">;
/** One order to a handling unit or to officers (UUIDv7). */
export type OrderId = Brand<"OrderId">;
/** One message between nodes (UUIDv7). */
export type MessageId = Brand<"MessageId">;
/** One command as sent by a person or a machine; repeats carry the same id (UUIDv7). */
export type CommandId = Brand<"CommandId">;
/** A node: side word, dash, region, e.g. `hotline-150100`. */
export type NodeCode = Brand<"NodeCode">;
/** GB/T 2260 division, 6 digits (county) or 12 with town and village. */
export type RegionCode = Brand<"RegionCode">;
/** A member unit, front-line unit or police unit of this node's directory. */
export type UnitCode = Brand<"UnitCode">;
/** An account of this node. */
export type UserId = Brand<"UserId">;
/** The one number of a request across all nodes (一号到底), 19 digits. */
export type RequestNo = Brand<"RequestNo">;
/** Catalogue item code such as `A01-05`. */
export type ItemCode = Brand<"ItemCode">;
