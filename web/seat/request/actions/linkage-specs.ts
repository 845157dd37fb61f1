import { RULING_GROUNDS } from "../../../../src/core/linkage/index.ts";
import type { Option } from "../../../shared/design/inputs.tsx";
import type { Values } from "../../../shared/drafts/form-values.ts";
import type { SpecContext } from "./field-spec.ts";
import { coded, listed, maybe, note, oneOf, text, withWhat } from "./spec-parts.ts";
import type { Spec } from "./spec-parts.ts";

/** Grounds of a return: the clause of the reason that was picked, then what the judgement rests on. @source nmg:2.2.1 */
function returnGrounds({ meta, named, ground }: SpecContext, values: Values): readonly string[] {
  const reason = meta.lists.returnReasons.find((one) => one.code === values["reason"]);
  const clause = reason?.source === undefined ? [] : [`${named(reason)}（${reason.source}）`];
  return ground === undefined ? clause : [...clause, ground];
}

/** Desks of the other side, those that serve the place first. @source yn:4.1.1 */
export function desksFor({ meta, route, named }: SpecContext): readonly Option[] {
  const serves = (code: string) => code === route?.to || (route?.choice.includes(code) ?? false);
  return meta.peers
    .filter((peer) => peer.side !== meta.side)
    .map((peer) => ({ value: peer.nodeCode, label: named({ code: peer.nodeCode, ...peer }) }))
    .sort((a, b) => Number(serves(b.value)) - Number(serves(a.value)));
}

/** Who may have the matter by a ruling: this desk, then every desk it is linked with. @source nmg:2.2.4 */
function ruledDesks({ meta, named }: SpecContext): readonly Option[] {
  const own = { code: meta.nodeCode, nameZh: meta.title.zh, nameEn: meta.title.en };
  return [own, ...meta.peers.map((peer) => ({ code: peer.nodeCode, ...peer }))].map((desk) => ({
    value: desk.code,
    label: named(desk),
  }));
}

/** The duty lead decides only where an agreement lets this desk's. */
function rulingGrounds(context: SpecContext): readonly Option[] {
  const { dutyArbiter, side } = context.meta;
  const open = RULING_GROUNDS.filter((ground) => ground !== "arbiter" || dutyArbiter === side);
  return coded("rulingGround", open)(context);
}

type LinkageForm = "handOver" | "withdraw" | "return" | "negotiate" | "rule" | "endDanger";

/** Forms of what is said to the other desk about one hand-over. */
export const LINKAGE_SPECS: { readonly [N in LinkageForm]: Spec<N> } = {
  handOver: {
    fields: [
      {
        name: "to",
        kind: "choice",
        label: "form.to",
        required: true,
        options: desksFor,
      },
    ],
    initial: ({ route }) => (typeof route?.to === "string" ? { to: route.to } : {}),
    body: (values) => maybe(values, "to"),
  },
  withdraw: {
    fields: [
      {
        name: "reason",
        kind: "choice",
        label: "form.reason",
        required: true,
        options: withWhat("withdrawWhat", listed("withdrawReasons")),
      },
      note,
    ],
    body: (values) => ({ reason: text(values, "reason"), ...maybe(values, "note") }),
  },
  return: {
    fields: [
      { name: "reason", kind: "choice", label: "form.reason", required: true, options: listed("returnReasons") },
      {
        name: "basis",
        kind: "line",
        label: "form.basis",
        required: true,
        hint: "form.basisHint",
        offers: returnGrounds,
      },
      { name: "proposedOwner", kind: "owner", label: "form.proposedOwner", required: true },
      note,
    ],
    body: (values) => ({
      reason: text(values, "reason"),
      basis: text(values, "basis"),
      proposedOwner: text(values, "proposedOwner"),
      ...maybe(values, "note"),
    }),
  },
  rule: {
    fields: [
      { name: "to", kind: "choice", label: "form.ruledTo", required: true, options: ruledDesks },
      {
        name: "ground",
        kind: "choice",
        label: "form.rulingGround",
        required: true,
        options: rulingGrounds,
      },
      { name: "decision", kind: "long", label: "form.decision", required: true },
    ],
    initial: () => ({ ground: "consultation" }),
    body: (values) => ({
      to: text(values, "to"),
      ground: oneOf(values, "ground", RULING_GROUNDS),
      decision: text(values, "decision"),
    }),
  },
  negotiate: { fields: [note], body: (values) => maybe(values, "note") },
  endDanger: {
    fields: [
      {
        name: "outcome",
        kind: "choice",
        label: "form.outcome",
        required: true,
        options: coded("endDanger", ["handled", "noDangerFound"]),
      },
      { name: "result", kind: "long", label: "form.result", required: false },
      {
        name: "ordersOpen",
        kind: "long",
        label: "form.ordersOpen",
        hint: "form.ordersOpenHint",
        required: true,
        when: (values) => values["officersOut"] === "yes",
      },
    ],
    initial: ({ officersOut = false }) => ({ officersOut: officersOut ? "yes" : "" }),
    body: (values) => ({
      outcome: oneOf(values, "outcome", ["handled", "noDangerFound"]),
      ...maybe(values, "result"),
      ...(values["officersOut"] === "yes" ? maybe(values, "ordersOpen") : {}),
    }),
  },
};
