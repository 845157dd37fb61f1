import { carryOut } from "./commands.ts";
import { instant, other, raise, tell } from "./world.ts";
import type { Copy, Node, World } from "./world.ts";

/** The request of a desk whose text holds these words. */
export function copyOf(at: Node, words: string): Copy {
  const found = [...at.copies.values()].find((copy) => copy.texts["text"]?.includes(words));
  if (found === undefined) throw new Error(`no request says ${words}`);
  return found;
}

/** The other desk tells coded facts that do not replace what stands here. */
export function comeFacts(
  world: World,
  at: Node,
  copy: Copy,
  facts: Readonly<Record<string, string | boolean | null>>,
): void {
  const by = other(world, at).code;
  const told = Object.entries(facts).map(([name, value]) => ({ name, value }));
  copy.told = told.map((one) => ({ ...one, by, at: instant(), label: null, labelEn: null }));
  tell(at, copy, "CaseTold", {
    node: by,
    details: { from: by, told: told.map((one) => ({ ...one, counts: false })) },
  });
}

/** A value comes with a message of the other desk and does not fit it. */
export function comeDoubtful(world: World, at: Node, copy: Copy, claimed: string, value: string): void {
  const by = other(world, at).code;
  const field = `doubtful.m-${copy.timeline.length}.0`;
  copy.texts[field] = value;
  tell(at, copy, "CaseDoubtful", {
    node: by,
    texts: [[field, value]],
    details: { from: by, fields: [claimed], codes: ["EXCHANGE_ENCLOSURE_MISMATCH"] },
  });
  raise(at, "doubtfulValue", copy.linkages[0]?.id ?? copy.caseId, copy);
}

/** A half of a double dispatch is missing. */
export function comeOwed(at: Node, copy: Copy, missing: "place" | "unit", no = 1): void {
  copy.completion = { missing, no };
  tell(at, copy, "CompletionOwed", { details: { missing, no } });
  raise(at, "completionOwed", copy.caseId, copy, { missing, level: no });
}

/** The other desk's last word on a danger came `lateMinutes` late, and the copy that was here for the danger alone came to rest. */
export function comeRest(world: World, at: Node, copy: Copy, result: string, lateMinutes: number): void {
  const node = other(world, at).code;
  const message = { stream: "linkage", streamId: "l-rest", node, saidAt: instant(lateMinutes * 60_000) } as const;
  const texts = [["result.1", result]] as const;
  tell(at, copy, "CaseAmended", { node, texts, details: { facts: {}, danger: false }, cause: "m-1" });
  tell(at, copy, "message.progress", { ...message, details: { stage: "noted" }, cause: "m-1" });
  tell(at, copy, "CaseClosed", { node, details: { as: "dangerEnded", rating: null }, cause: "m-2" });
  tell(at, copy, "message.endHeld", { ...message, from: "endReported", to: "ended", cause: "m-2" });
}

/** The other desk tells of its work on the first hand-over, in words. */
export function comeFeedback(world: World, at: Node, copy: Copy, words: string): void {
  const node = other(world, at).code;
  const [linkage] = copy.linkages;
  if (linkage === undefined) throw new Error("nothing was handed over");
  tell(at, copy, "CaseAmended", {
    node,
    texts: [["note.1", words]],
    details: { facts: {}, danger: false },
    cause: "m-3",
  });
  const told = { stream: "linkage", streamId: linkage.id, node, details: { stage: "fedBack" }, cause: "m-3" } as const;
  tell(at, copy, "message.progress", told);
}

/** The unit that has the first order of a request replies. */
export function comeReply(world: World, at: Node, copy: Copy, reply: string): void {
  const [order] = copy.orders;
  if (order === undefined) throw new Error("nothing was ordered");
  carryOut("reply", order.id, { world, at, copy, who: "承办单位", body: { reply, resolution: "resolved" } });
}

/** A desk returns what was offered to it, with its grounds. */
export function comeReturn(
  world: World,
  at: Node,
  copy: Copy,
  reason: string,
  basis: string,
  proposedOwner: string,
): void {
  const [linkage] = copy.linkages;
  if (linkage === undefined) throw new Error("nothing was offered");
  carryOut("return", linkage.id, { world, at, copy, who: "接警席 03", body: { reason, basis, proposedOwner } });
}

/** What this desk handed over or was handed of a request happened so many minutes ago. */
export function comeLong(copy: Copy, minutes: number): void {
  for (const linkage of copy.linkages) linkage.openedAt = instant(minutes * 60_000);
}
