import type { CommandBody, CommandName, Meta } from "../../../../src/http/contract/index.ts";
import type { Option } from "../../../shared/design/inputs.tsx";
import type { PlainKey } from "../../../shared/i18n/text.tsx";
import type { Values } from "../../../shared/drafts/form-values.ts";
import { optionsOf } from "../../../shared/list-names.ts";
import type { Named } from "../../../shared/list-names.ts";

/** What options of a form depend on. */
export type SpecContext = {
  readonly meta: Meta;
  readonly named: (both: Named) => string;
  readonly code: (family: string, code: string) => string;
  /** What the judgement rests on, in words that may be taken over as a ground; absent = nobody has judged. */
  readonly ground?: string | undefined;
};

export type FieldSpec = {
  readonly name: string;
  readonly kind: "long" | "line" | "choice" | "unit" | "item";
  readonly label: PlainKey;
  readonly required: boolean;
  readonly hint?: PlainKey;
  readonly options?: (context: SpecContext) => readonly Option[];
  /** Of the options, those that fit nearly always; the others on request. */
  readonly usual?: (context: SpecContext) => readonly string[];
  /** Of a line: words that may be taken over with a press and added to. */
  readonly offers?: (context: SpecContext, values: Values) => readonly string[];
  /** Asked only while this holds. */
  readonly when?: (values: Values) => boolean;
};

type Spec<N extends CommandName> = {
  readonly fields: readonly FieldSpec[];
  readonly initial?: (context: SpecContext) => Values;
  /** Body from complete values; required fields are filled. */
  readonly body: (values: Values, context: SpecContext) => CommandBody<N>;
};

const coded =
  (family: string, codes: readonly string[]) =>
  (context: SpecContext): readonly Option[] =>
    codes.map((one) => ({ value: one, label: context.code(family, one) }));

const listed =
  (list: keyof Meta["lists"]) =>
  (context: SpecContext): readonly Option[] =>
    optionsOf(context.meta.lists[list], context.named);

const note: FieldSpec = { name: "note", kind: "long", label: "form.note", required: false };
const yesNo = (context: SpecContext): readonly Option[] => [
  { value: "yes", label: context.code("app", "yes") },
  { value: "no", label: context.code("app", "no") },
];
const reached = (values: Values) => values["outcome"] === "reached";

function text(values: Values, name: string): string {
  return (values[name] ?? "").trim();
}

function maybe<K extends string>(values: Values, name: K): { readonly [P in K]?: string } {
  const value = text(values, name);
  return value === "" ? {} : parseOne(name, value);
}

function parseOne<K extends string>(name: K, value: string): { readonly [P in K]?: string } {
  return { [name]: value } as { readonly [P in K]?: string };
}

function satisfactionOf(values: Values): { readonly satisfaction?: number } {
  const value = Number(text(values, "satisfaction"));
  return Number.isInteger(value) && value >= 1 ? { satisfaction: value } : {};
}

function solvedOf(values: Values): { readonly solved?: boolean } {
  const value = text(values, "solved");
  return value === "" ? {} : { solved: value === "yes" };
}

function oneOf<const T extends string>(values: Values, name: string, all: readonly [T, ...T[]]): T {
  return all.find((one) => one === values[name]) ?? all[0];
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

/** Grounds of a return: the clause of the reason that was picked, then what the judgement rests on. @source nmg:2.2.1 */
function returnGrounds({ meta, named, ground }: SpecContext, values: Values): readonly string[] {
  const reason = meta.lists.returnReasons.find((one) => one.code === values["reason"]);
  const clause = reason?.source === undefined ? [] : [`${reason.source} ${named(reason)}`];
  return ground === undefined ? clause : [...clause, ground];
}

const SCALE = ["1", "2", "3", "4", "5"] as const;
const satisfaction: FieldSpec = {
  name: "satisfaction",
  kind: "choice",
  label: "form.satisfaction",
  required: true,
  options: coded("satisfaction", SCALE),
};

/** Inline forms of commands that need more than a press. Commands not listed are done at once. */
export const SPECS: { readonly [N in CommandName]?: Spec<N> } = {
  judge: {
    fields: [{ name: "item", kind: "item", label: "form.item", required: true }],
    body: (values) => ({ item: text(values, "item") }),
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
  handOver: {
    fields: [
      {
        name: "to",
        kind: "choice",
        label: "form.to",
        required: true,
        options: ({ meta }) =>
          meta.peers
            .filter((peer) => peer.side !== meta.side)
            .map((peer) => ({ value: peer.nodeCode, label: peer.nodeCode })),
      },
    ],
    body: (values) => maybe(values, "to"),
  },
  conclude: {
    fields: [resolution, { name: "result", kind: "long", label: "form.result", required: true }],
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
  withdraw: {
    fields: [
      { name: "reason", kind: "choice", label: "form.reason", required: true, options: listed("withdrawReasons") },
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
      { name: "proposedOwner", kind: "line", label: "form.proposedOwner", required: true },
      note,
    ],
    body: (values) => ({
      reason: text(values, "reason"),
      basis: text(values, "basis"),
      proposedOwner: text(values, "proposedOwner"),
      ...maybe(values, "note"),
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
    ],
    body: (values) => ({ outcome: oneOf(values, "outcome", ["handled", "noDangerFound"]), ...maybe(values, "result") }),
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
        options: coded("recall", ["wrongUnit", "duplicate", "notNeeded"]),
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

/** Whether a command opens a form first; handing over does so only when there is more than one desk to choose from. */
export function needsForm(name: CommandName, meta: Meta): boolean {
  if (name === "amend") return true;
  if (name === "handOver") return meta.peers.filter((peer) => peer.side !== meta.side).length > 1;
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
};
