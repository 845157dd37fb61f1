import type { Instant } from "./instant.ts";
import type { NodeCode } from "./brand.ts";

/**
 * A personal value or free text that lies in the case vault, encrypted with the case's own key.
 * Events and messages hold only this reference: which field, which version of it (1, 2, …), and the salted SM3
 * commitment (64 hex digits) that still proves the value after it was erased.
 */
export type Sealed = {
  readonly field: string;
  readonly version: number;
  readonly commitment: string;
};

/** Who did something, without a name: names are looked up when shown. `id` is a user id, node code, unit code or timer name. */
export type ActorRef = {
  readonly kind: "user" | "node" | "timer" | "requester";
  readonly id: string;
  readonly node: NodeCode;
};

/** Who was first to hear of a matter (首接平台): the earliest triple wins and is never computed again. */
export type FirstReceiver = {
  readonly registeredAt: Instant;
  readonly nodeCode: NodeCode;
  readonly requestNo: string;
};
