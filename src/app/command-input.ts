import type { GivenAnswer } from "../core/catalogue/index.ts";
import type { JointOutcome, RulingGround } from "../core/linkage/index.ts";
import type { EXTENSION_REASONS, PAUSE_REASONS, REFUSAL_REASONS } from "../core/file/index.ts";

/** Coded and spoken fields as a desk enters them; everything may be missing. Texts are in clear until they are sealed. */
export type FieldsInput = {
  readonly channel?: string;
  readonly place?: string | null;
  readonly requestKind?: string | null;
  readonly field?: string | null;
  readonly requesterType?: string | null;
  readonly confidential?: boolean;
  readonly requesterName?: string;
  readonly requesterPhone?: string;
  readonly requesterContact?: string;
  readonly address?: string;
  readonly text?: string;
};

type Score = 1 | 2 | 3 | 4 | 5;

/** What may be asked of the application, by name; the bodies are those of the public API. */
export type CommandInput = {
  readonly register: {
    readonly fields: FieldsInput;
    readonly item?: string;
    readonly answers?: readonly GivenAnswer[];
    readonly danger?: boolean;
  };
  readonly amend: {
    readonly fields: FieldsInput;
    readonly note?: string;
    readonly answers?: readonly GivenAnswer[];
  };
  readonly danger: { readonly note?: string; readonly to?: string };
  readonly orderDanger: { readonly note?: string; readonly to?: string };
  readonly judge: { readonly item: string; readonly answers?: readonly GivenAnswer[] };
  readonly accept: object;
  readonly guide: { readonly reason: string; readonly guidance: string };
  readonly answer: { readonly answer: string };
  readonly dispatch: {
    readonly kind: "work" | "police";
    readonly unit: string;
    readonly role?: "lead" | "assisting";
    readonly instruction?: string;
  };
  readonly recordInitialResponse: { readonly manner: "onSite" | "byPhone" | "notNeeded"; readonly entry: string };
  readonly handOver: { readonly to?: string };
  readonly notify: { readonly to?: string; readonly text: string };
  readonly askSupport: { readonly to?: string; readonly what: string; readonly where?: string; readonly when?: string };
  readonly conclude: { readonly resolution: string; readonly result: string };
  readonly callBack: {
    readonly outcome: "reached" | "notReached" | "refused";
    readonly satisfaction?: number;
    readonly solved?: boolean;
    readonly note?: string;
  };
  readonly rate: { readonly satisfaction: number; readonly solved?: boolean };
  readonly close: object;
  readonly reopen: { readonly reason: string; readonly note?: string };
  readonly acceptOffer: object;
  readonly return: {
    readonly reason: string;
    readonly basis: string;
    readonly proposedOwner: string;
    readonly note?: string;
  };
  readonly withdraw: { readonly reason: string; readonly note?: string };
  readonly negotiate: { readonly note?: string };
  readonly rule: { readonly to: string; readonly ground: RulingGround; readonly decision: string };
  readonly hold: object;
  readonly readAdditions: object;
  readonly shown: { readonly pushNo?: number };
  readonly sign: { readonly pushNo?: number };
  readonly endDanger: {
    readonly outcome: "handled" | "noDangerFound";
    readonly result?: string;
    readonly ordersOpen?: string;
  };
  readonly readNotice: object;
  readonly grantSupport: { readonly note?: string };
  readonly declineSupport: { readonly reason: string };
  readonly endSupport: { readonly result: string };
  readonly askJoint: { readonly to?: string; readonly what?: string };
  readonly endJoint: { readonly outcome: JointOutcome; readonly result: string };
  readonly acknowledgeOrder: object;
  readonly arrive: object;
  readonly reply: { readonly resolution: string; readonly reply: string };
  readonly recall: { readonly reason: string };
  readonly pauseClock: { readonly reason: (typeof PAUSE_REASONS)[number]; readonly note?: string };
  readonly awaitRequester: { readonly days: number; readonly note: string };
  readonly resumeClock: { readonly note?: string };
  readonly askExtension: {
    readonly amount: number;
    readonly reason: (typeof EXTENSION_REASONS)[number];
    readonly note: string;
  };
  readonly approveExtension: { readonly amount?: number; readonly passOn?: boolean; readonly note?: string };
  readonly refuseExtension: { readonly reason: (typeof REFUSAL_REASONS)[number]; readonly note: string };
  readonly withdrawExtension: { readonly note?: string };
};

export type CommandName = keyof CommandInput;

/** A satisfaction level, 1 to 5, or null when it is none. */
export function scoreOf(value: number | undefined): Score | null {
  const scores: readonly Score[] = [1, 2, 3, 4, 5];
  return scores.find((s) => s === value) ?? null;
}
