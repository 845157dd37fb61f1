import type { Linkage } from "../../core/linkage/index.ts";
import { plusMs } from "../../kernel/index.ts";
import type { Instant } from "../../kernel/index.ts";
import type { Deps } from "../deps.ts";

/**
 * Until when a hand-over that waits for its answer may come back; null = it is not there yet, or cannot come back any more. Who received
 * it judges that by its own clock; who sent it reckons with the same agreed time from the delivery that it knows of.
 * @source nmg:2.2.1
 */
export function returnUntilOf({ node, rules }: Pick<Deps, "node" | "rules">, linkage: Linkage): Instant | null {
  if (linkage.part !== "ordinary" || linkage.state !== "offered") return null;
  if (linkage.role === "R") return linkage.returnUntil ?? null;
  const { answer } = { ...node.linkagePolicy, ...rules().handOverTimes };
  return linkage.deliveredAt === null ? null : plusMs(linkage.deliveredAt, answer);
}
