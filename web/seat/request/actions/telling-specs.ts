import { JOINT_OUTCOMES } from "../../../../src/core/linkage/index.ts";
import type { FieldSpec } from "./field-spec.ts";
import { desksFor } from "./linkage-specs.ts";
import { coded, maybe, oneOf, text } from "./spec-parts.ts";
import type { Spec } from "./spec-parts.ts";

type TellingForm = "notify" | "askSupport" | "grantSupport" | "declineSupport" | "endSupport" | "askJoint" | "endJoint";

/** Where it goes: the desk that the routing table names stands there already. */
const to: FieldSpec = { name: "to", kind: "choice", label: "form.toTold", required: true, options: desksFor };

const routed: NonNullable<Spec<"notify">["initial"]> = (context) => {
  const [only, second] = desksFor(context);
  const known = context.route?.to ?? (second === undefined ? only?.value : undefined);
  return known === undefined ? {} : { to: known };
};

/** Forms of what is said to the other desk, or asked of it, while the matter stays where it is. @source yn:3.3 @source nmg:2.2.2 @source nmg:2.2.3 */
export const TELLING_SPECS: { readonly [N in TellingForm]: Spec<N> } = {
  notify: {
    fields: [to, { name: "text", kind: "long", label: "form.noticeText", required: true }],
    initial: routed,
    body: (values) => ({ ...maybe(values, "to"), text: text(values, "text") }),
  },
  askSupport: {
    fields: [
      to,
      { name: "what", kind: "long", label: "form.supportWhat", required: true },
      { name: "where", kind: "line", label: "form.supportWhere", required: false },
      { name: "when", kind: "line", label: "form.supportWhen", required: false },
    ],
    initial: routed,
    body: (values) => ({
      ...maybe(values, "to"),
      what: text(values, "what"),
      ...maybe(values, "where"),
      ...maybe(values, "when"),
    }),
  },
  askJoint: {
    fields: [to, { name: "what", kind: "long", label: "form.jointWhat", required: false }],
    initial: routed,
    body: (values) => ({ ...maybe(values, "to"), ...maybe(values, "what") }),
  },
  endJoint: {
    fields: [
      {
        name: "outcome",
        kind: "choice",
        label: "form.jointOutcome",
        required: true,
        options: coded("endJoint", JOINT_OUTCOMES),
      },
      { name: "result", kind: "long", label: "form.jointResult", required: true },
    ],
    body: (values) => ({ outcome: oneOf(values, "outcome", JOINT_OUTCOMES), result: text(values, "result") }),
  },
  grantSupport: {
    fields: [{ name: "note", kind: "long", label: "form.note", required: false }],
    body: (values) => maybe(values, "note"),
  },
  declineSupport: {
    fields: [{ name: "reason", kind: "long", label: "form.supportReason", required: true }],
    body: (values) => ({ reason: text(values, "reason") }),
  },
  endSupport: {
    fields: [{ name: "result", kind: "long", label: "form.supportResult", required: true }],
    body: (values) => ({ result: text(values, "result") }),
  },
};
