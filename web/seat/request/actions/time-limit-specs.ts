import type { CommandName, CommandBody } from "../../../../src/http/contract/index.ts";
import type { Values } from "../../../shared/drafts/form-values.ts";
import type { FieldSpec, SpecContext } from "./field-spec.ts";

/** Commands on a time limit, which name what it measures: an order by its id, a request by its own. */
export const TIME_LIMIT_COMMANDS = [
  "pauseClock",
  "awaitRequester",
  "resumeClock",
  "askExtension",
  "approveExtension",
  "refuseExtension",
  "withdrawExtension",
] as const satisfies readonly CommandName[];

export type TimeLimitCommand = (typeof TIME_LIMIT_COMMANDS)[number];

export function isTimeLimitCommand(name: string): name is TimeLimitCommand {
  return TIME_LIMIT_COMMANDS.some((one) => one === name);
}

const PAUSE = ["awaitsOther", "legalProcedure", "forceMajeure", "siteClosed", "other"] as const;
const EXTEND = ["complex", "severalUnits", "worksNeeded", "materialsMissing", "other"] as const;
const REFUSE = ["notJustified", "tooLong", "mustBeNow", "other"] as const;
const DAYS = ["1", "2", "3", "5", "7", "10"] as const;
const AMOUNTS = [...DAYS, "15"] as const;

/** As much as was asked for or less, each step of it while they fit into a line or two. */
const upToAsked = ({ asked = 1 }: SpecContext) => {
  const steps = Array.from({ length: asked }, (_, i) => `${i + 1}`);
  const most = Number(AMOUNTS.at(-1));
  const offered = asked <= most ? steps : [...AMOUNTS, `${asked}`];
  return offered.map((value) => ({ value, label: value }));
};

const numbers = (all: readonly string[]) => () => all.map((value) => ({ value, label: value }));
const reasons =
  (all: readonly string[]) =>
  ({ code }: SpecContext) =>
    all.map((value) => ({ value, label: code("clockReason", value) }));

function said(values: Values): { readonly note?: string } {
  const note = (values["note"] ?? "").trim();
  return note === "" ? {} : { note };
}

function oneOf<const T extends string>(values: Values, all: readonly [T, ...T[]]): T {
  return all.find((one) => one === values["reason"]) ?? all[0];
}

const note: FieldSpec = { name: "note", kind: "long", label: "form.note", required: false };
const words = { name: "note", kind: "long", required: true } as const;
const yesNo = ({ code }: SpecContext) => ["yes", "no"].map((value) => ({ value, label: code("app", value) }));

/** The forms of what people do to a time limit. @source nmg:2.2.5 */
export const TIME_LIMIT_SPECS = {
  pauseClock: {
    fields: [
      { name: "reason", kind: "choice", label: "form.pauseReason", required: true, options: reasons(PAUSE) },
      note,
    ],
    body: (values: Values): CommandBody<"pauseClock"> => ({ reason: oneOf(values, PAUSE), ...said(values) }),
  },
  awaitRequester: {
    fields: [
      { ...words, label: "form.awaitNote" },
      { name: "days", kind: "choice", label: "form.awaitDays", required: true, options: numbers(DAYS) },
    ],
    initial: (): Values => ({ days: "3" }),
    body: (values: Values): CommandBody<"awaitRequester"> => ({
      days: Number(values["days"]),
      note: "",
      ...said(values),
    }),
  },
  askExtension: {
    fields: [
      { name: "amount", kind: "choice", label: "form.extendBy", required: true, options: numbers(AMOUNTS) },
      { name: "reason", kind: "choice", label: "form.extendReason", required: true, options: reasons(EXTEND) },
      { ...words, label: "form.extendNote" },
    ],
    body: (values: Values): CommandBody<"askExtension"> => ({
      amount: Number(values["amount"]),
      reason: oneOf(values, EXTEND),
      note: "",
      ...said(values),
    }),
  },
  approveExtension: {
    fields: [
      { name: "amount", kind: "choice", label: "form.giveTime", required: true, options: upToAsked },
      { name: "passOn", kind: "choice", label: "form.passOn", required: true, options: yesNo },
      note,
    ],
    initial: ({ asked }: SpecContext): Values => ({
      passOn: "no",
      ...(asked === undefined ? {} : { amount: `${asked}` }),
    }),
    body: (values: Values, { asked = 1 }: SpecContext): CommandBody<"approveExtension"> => ({
      // What was kept as a draft of an earlier, longer wish is not more than what is asked now.
      amount: Math.min(Number(values["amount"]), asked),
      passOn: values["passOn"] === "yes",
      ...said(values),
    }),
  },
  refuseExtension: {
    fields: [
      { name: "reason", kind: "choice", label: "form.refuseReason", required: true, options: reasons(REFUSE) },
      { ...words, label: "form.note" },
    ],
    body: (values: Values): CommandBody<"refuseExtension"> => ({
      reason: oneOf(values, REFUSE),
      note: "",
      ...said(values),
    }),
  },
} as const;
