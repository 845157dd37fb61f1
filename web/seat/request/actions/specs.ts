import type { CommandName, Meta, RequestView } from "../../../../src/http/contract/index.ts";
import { answersBody } from "../../questions/answers.ts";
import type { Option } from "../../../shared/design/inputs.tsx";
import type { Values } from "../../../shared/drafts/form-values.ts";
import type { FieldSpec, SpecContext } from "./field-spec.ts";
import { LINKAGE_SPECS } from "./linkage-specs.ts";
import { coded, listed, maybe, note, oneOf, text, withWhat } from "./spec-parts.ts";
import type { Spec } from "./spec-parts.ts";
import { TALK_SPECS } from "./talk-specs.ts";
import { TELLING_SPECS } from "./telling-specs.ts";
import { TIME_LIMIT_SPECS } from "./time-limit-specs.ts";

const yesNo = (context: SpecContext): readonly Option[] => [
  { value: "yes", label: context.code("app", "yes") },
  { value: "no", label: context.code("app", "no") },
];
const reached = (values: Values) => values["outcome"] === "reached";

function satisfactionOf(values: Values): { readonly satisfaction?: number } {
  const value = Number(text(values, "satisfaction"));
  return Number.isInteger(value) && value >= 1 ? { satisfaction: value } : {};
}

function solvedOf(values: Values): { readonly solved?: boolean } {
  const value = text(values, "solved");
  return value === "" ? {} : { solved: value === "yes" };
}

/**
 * Results that who was at the matter itself may report. What only a verb of the desk makes (at once, guided), what two sides settle
 * together, and what closes without work stands behind "more".
 */
const REPORTED = {
  hotline: ["resolved", "partlyResolved", "planned", "explained", "notResolved", "notVerified", "unreachable", "other"],
  police: ["handled", "noDangerFound", "policeCaseOpened", "notVerified", "unreachable", "inLegalProcedure", "other"],
} as const satisfies Record<Meta["side"], readonly string[]>;

const resolution: FieldSpec = {
  name: "resolution",
  kind: "choice",
  label: "form.resolution",
  required: true,
  options: listed("resolutions"),
  usual: ({ meta }) => REPORTED[meta.side],
};

/** The best first: most people are content, and the first is nearest. */
const SCALE = ["5", "4", "3", "2", "1"] as const;
const satisfaction: FieldSpec = {
  name: "satisfaction",
  kind: "choice",
  label: "form.satisfaction",
  required: true,
  options: coded("satisfaction", SCALE),
};

/** What a unit answered is not typed again: a press takes it over. */
const repliedResult: FieldSpec = {
  name: "result",
  kind: "long",
  label: "form.result",
  required: true,
  offers: ({ replies = [] }) => replies,
};

/** Inline forms of commands that need more than a press. Commands not listed are done at once. */
export const SPECS: { readonly [N in CommandName]?: Spec<N> } = {
  ...TIME_LIMIT_SPECS,
  ...LINKAGE_SPECS,
  ...TELLING_SPECS,
  ...TALK_SPECS,
  judge: {
    fields: [{ name: "item", kind: "item", label: "form.item", required: true }],
    body: (values) => ({ item: text(values, "item"), ...answersBody(text(values, "asked")) }),
  },
  guide: {
    fields: [
      { name: "reason", kind: "choice", label: "form.reason", required: true, options: listed("guidanceReasons") },
      { name: "guidance", kind: "long", label: "form.guidance", required: true },
    ],
    body: (values) => ({ reason: text(values, "reason"), guidance: text(values, "guidance") }),
  },
  answer: {
    fields: [{ name: "answer", kind: "long", label: "form.answer", required: true }],
    body: (values) => ({ answer: text(values, "answer") }),
  },
  dispatch: {
    fields: [
      { name: "unit", kind: "unit", label: "form.unit", required: true },
      {
        name: "role",
        kind: "choice",
        label: "form.role",
        required: false,
        options: coded("orderRole", ["lead", "assisting"]),
      },
      { name: "instruction", kind: "long", label: "form.instruction", required: false },
    ],
    initial: () => ({ role: "lead" }),
    body: (values, { meta }) => ({
      kind: meta.side === "police" ? "police" : "work",
      unit: text(values, "unit"),
      role: oneOf(values, "role", ["lead", "assisting"]),
      ...maybe(values, "instruction"),
    }),
  },
  recordInitialResponse: {
    fields: [
      {
        name: "manner",
        kind: "choice",
        label: "form.manner",
        required: true,
        options: coded("manner", ["onSite", "byPhone", "notNeeded"]),
      },
      { name: "entry", kind: "long", label: "form.entry", required: true },
    ],
    body: (values) => ({
      manner: oneOf(values, "manner", ["onSite", "byPhone", "notNeeded"]),
      entry: text(values, "entry"),
    }),
  },
  conclude: {
    fields: [resolution, repliedResult],
    body: (values) => ({ resolution: text(values, "resolution"), result: text(values, "result") }),
  },
  callBack: {
    fields: [
      {
        name: "outcome",
        kind: "choice",
        label: "form.outcome",
        required: true,
        options: coded("callback", ["reached", "notReached", "refused"]),
      },
      { ...satisfaction, when: reached },
      { name: "solved", kind: "choice", label: "form.solved", required: true, options: yesNo, when: reached },
      note,
    ],
    body: (values) => ({
      outcome: oneOf(values, "outcome", ["reached", "notReached", "refused"]),
      ...(reached(values) ? { ...satisfactionOf(values), ...solvedOf(values) } : {}),
      ...maybe(values, "note"),
    }),
  },
  rate: {
    fields: [satisfaction, { name: "solved", kind: "choice", label: "form.solved", required: false, options: yesNo }],
    body: (values) => ({ satisfaction: Number(text(values, "satisfaction")), ...solvedOf(values) }),
  },
  reopen: {
    fields: [
      {
        name: "reason",
        kind: "choice",
        label: "form.reason",
        required: true,
        options: coded("reopen", ["dissatisfied", "newFacts", "notDone"]),
      },
      note,
    ],
    body: (values) => ({ reason: text(values, "reason"), ...maybe(values, "note") }),
  },
  reply: {
    fields: [resolution, { name: "reply", kind: "long", label: "form.reply", required: true }],
    body: (values) => ({ resolution: text(values, "resolution"), reply: text(values, "reply") }),
  },
  recall: {
    fields: [
      {
        name: "reason",
        kind: "choice",
        label: "form.reason",
        required: true,
        options: withWhat("recallWhat", coded("recall", ["wrongUnit", "duplicate", "notNeeded"])),
      },
    ],
    body: (values) => ({ reason: text(values, "reason") }),
  },
};

/** Fields of a form that are asked for with these values. */
export function askedFields(fields: readonly FieldSpec[], values: Values): readonly FieldSpec[] {
  return fields.filter((field) => field.when === undefined || field.when(values));
}

/** Names of required fields that are still empty. */
export function missingFields(fields: readonly FieldSpec[], values: Values): readonly string[] {
  return askedFields(fields, values)
    .filter((field) => field.required && text(values, field.name) === "")
    .map((field) => field.name);
}

/**
 * Whether a command opens a form first; handing over does so only when there is more than one desk to choose from, the routing
 * table names none for the place, or the matter was judged as this desk's own.
 */
export function needsForm(
  name: CommandName,
  meta: Meta,
  request?: Pick<RequestView, "handOverTo" | "verdict">,
): boolean {
  if (name === "amend") return true;
  const linked = meta.peers.filter((peer) => peer.side !== meta.side).length;
  if (name === "handOver") {
    const asks = linked > 1 || request?.handOverTo?.to === null || request?.verdict?.side === meta.side;
    return linked > 0 && asks;
  }
  return SPECS[name] !== undefined;
}

/** Letters that reach an action while nobody is typing. */
export const LETTERS: { readonly [N in CommandName]?: string } = {
  accept: "a",
  judge: "j",
  amend: "m",
  answer: "w",
  guide: "g",
  dispatch: "d",
  recordInitialResponse: "i",
  conclude: "e",
  callBack: "b",
  rate: "r",
  close: "x",
  reopen: "o",
  readAdditions: "y",
  return: "t",
  withdraw: "k",
  negotiate: "n",
  hold: "h",
  rule: "u",
  endDanger: "z",
  notify: "f",
  askSupport: "s",
  readNotice: "l",
  grantSupport: "p",
  declineSupport: "c",
  endSupport: "v",
  askJoint: "9",
  endJoint: "9",
};
