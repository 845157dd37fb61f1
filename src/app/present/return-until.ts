import type { Linkage } from "../../core/linkage/index.ts";
import { plusMs } from "../../kernel/index.ts";
import type { Instant } from "../../kernel/index.ts";
import type { Deps } from "../deps.ts";

/**
 * Until when a hand-over that waits for its answer may come back; null = it is not there yet, or cannot come back any more. Who received
 * it judges that by its own clock; who sent it reckons with the time agreed when it was delivered, from the delivery that it knows of.
 * @source nmg:2.2.1
 */
export function returnUntilOf({ node, rules }: Pick<Deps, "node" | "rules">, linkage: Linkage): Instant | null {
  if (linkage.part !== "ordinary" || linkage.state !== "offered") return null;
  if (linkage.role === "R") return linkage.returnUntil ?? null;
  if (linkage.deliveredAt === null) return null;
  const given = linkage.stands?.answer;
  if (given !== undefined && given.since === linkage.deliveredAt) return given.dueAt;
  const { answer } = { ...node.linkagePolicy, ...rules().handOverTimes };
  return plusMs(linkage.deliveredAt, answer);
}

/** Version of the catalogue that time is of; null = it is no more to come back, or a copy from before that was kept. @req REQ-08 */
export function returnUntilBy({ part, state, stands }: Linkage): string | null {
  return part === "ordinary" && state === "offered" ? (stands?.answer?.by ?? null) : null;
}
