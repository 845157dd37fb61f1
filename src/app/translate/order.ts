import type { FileCommand } from "../../core/file/index.ts";
import type { OrderId } from "../../kernel/index.ts";
import type { Sealer } from "../seal-input.ts";
import type { Of } from "./named-input.ts";

/** What a handling unit or its dispatcher does with one order. */
export function onOrder(
  input: Of<"acknowledgeOrder" | "arrive" | "reply" | "recall">,
  orderId: OrderId,
  sealer: Sealer,
): FileCommand {
  switch (input.name) {
    case "acknowledgeOrder":
    case "arrive":
      return { type: input.name, orderId };
    case "reply":
      return {
        type: "reply",
        orderId,
        resolution: input.body.resolution,
        reply: sealer.entry("reply", input.body.reply),
      };
    case "recall":
      return { type: "recall", orderId, reason: input.body.reason };
  }
}
