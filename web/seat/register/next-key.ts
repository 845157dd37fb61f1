import { isDangerous } from "../../../src/core/file/index.ts";
import type { Meta } from "../../../src/http/contract/index.ts";
import type { PlainKey } from "../../shared/i18n/text.tsx";
import type { Item } from "./pickers.tsx";

type Judged = Pick<Item, "mode" | "urgency" | "side">;

/** The other desk, where the item is its matter; null = it is ours, both desks', or nobody's. */
export function otherOf({ side }: Pick<Judged, "side">, own: Meta["side"]): Meta["side"] | null {
  return (side === "hotline" || side === "police") && side !== own ? side : null;
}

/**
 * What to press next for an item. What is danger by its verdict alone is pushed by the registration itself; of what is only urgent the
 * person asks and the danger key pushes. null = nothing beyond registering.
 * @source nmg:2.2.1 @source nmg:a3
 */
export function nextKey(item: Judged, own: Meta["side"]): PlainKey | "hint.other" | null {
  if (isDangerous(item)) return "hint.pushes";
  if (item.urgency === "urgent") return "hint.urgent";
  if (otherOf(item, own) !== null) return "hint.other";
  return item.side === "neither" ? "hint.neither" : null;
}
