import type { Target } from "../../src/app/index.ts";
import type { CaseFile } from "../../src/core/file/index.ts";
import type { LinkageId, OrderId, RequestNo } from "../../src/kernel/index.ts";
import type { Desk, Wish } from "./desk.ts";
import { REGION } from "./rule-book.ts";

/** Something nobody in his senses would ask: the wrong thing, of the wrong one, in unknown words. */
export function nonsense(desk: Desk, file: CaseFile): Wish {
  const { random, canaries } = desk;
  const no = file.case?.requestNo ?? ("0" as RequestNo);
  const linkage = file.linkages.length > 0 ? random.pick(file.linkages).id : ("none" as LinkageId);
  const order = file.orders.length > 0 ? random.pick(file.orders).id : ("none" as OrderId);
  const request: Target = { kind: "request", no };
  const onLinkage: Target = { kind: "linkage", id: linkage };
  const wishes: readonly Wish[] = [
    { target: request, input: { name: "close", body: {} } },
    { target: request, input: { name: "reopen", body: { reason: "again" } } },
    { target: request, input: { name: "rate", body: { satisfaction: 9 } } },
    { target: request, input: { name: "handOver", body: { to: `${desk.side}-${REGION}` } } },
    { target: request, input: { name: "judge", body: { item: "X99-99" } } },
    { target: request, input: { name: "amend", body: { fields: { place: "999999" } } } },
    { target: request, input: { name: "conclude", body: { resolution: "nothing", result: canaries.text("result") } } },
    { target: { kind: "request", no: "1501009999999" as RequestNo }, input: { name: "accept", body: {} } },
    { target: onLinkage, input: { name: "acceptOffer", body: {} } },
    { target: onLinkage, input: { name: "withdraw", body: { reason: "takeBack" } } },
    { target: onLinkage, input: { name: "hold", body: {} } },
    { target: onLinkage, input: { name: "sign", body: {} } },
    { target: onLinkage, input: { name: "endDanger", body: { outcome: "handled" } } },
    { target: onLinkage, input: { name: "endJoint", body: { outcome: "settled", result: "" } } },
    { target: onLinkage, input: { name: "readNotice", body: {} } },
    { target: onLinkage, input: { name: "grantSupport", body: {} } },
    { target: onLinkage, input: { name: "declineSupport", body: { reason: "" } } },
    { target: onLinkage, input: { name: "endSupport", body: { result: canaries.text("result") } } },
    { target: onLinkage, input: { name: "return", body: { reason: "other", basis: "", proposedOwner: "" } } },
    { target: { kind: "order", id: order }, input: { name: "reply", body: { resolution: "resolved", reply: " " } } },
    { target: { kind: "order", id: order }, input: { name: "recall", body: { reason: "again" } } },
  ];
  return random.pick(wishes);
}
