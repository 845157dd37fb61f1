import type { CaseId, LinkageId, OrderId, RequestNo, UnitCode } from "../../kernel/index.ts";
import type { CommandInput, CommandName } from "../command-input.ts";
import type { CodeList } from "../deps.ts";

/** Why a command's values cannot be used: a code that no list of this node holds. */
export type InputRefusal =
  | { readonly code: "ITEM_UNKNOWN"; readonly item: string }
  | { readonly code: "PLACE_UNKNOWN"; readonly place: string }
  | { readonly code: "UNIT_UNKNOWN"; readonly unit: string }
  | { readonly code: "UNIT_WRONG_SIDE"; readonly unit: string }
  | { readonly code: "UNIT_RETIRED"; readonly unit: string; readonly from: string; readonly successor: string }
  | { readonly code: "CODE_UNKNOWN"; readonly field: CodeList; readonly value: string }
  | { readonly code: "NO_PEER"; readonly side: "hotline" | "police" }
  | { readonly code: "PEER_UNKNOWN"; readonly nodeCode: string }
  | { readonly code: "CLAUSE_UNKNOWN"; readonly clause: string }
  | { readonly code: "NO_ARBITER" };

/** What a command aims at, besides the request itself. */
export type Aim = {
  readonly caseId: CaseId;
  readonly requestNo: RequestNo;
  readonly linkageId: LinkageId | null;
  readonly orderId: OrderId | null;
  /** What a time limit aimed at measures: the request's own id, or that of an order. */
  readonly timed: string | null;
  /** Whether it comes from a seat that is on duty. */
  readonly onDuty: boolean;
  /** The unit of the order aimed at. */
  readonly unit: UnitCode | null;
};

/** A command with its body. */
export type NamedInput = {
  readonly [N in CommandName]: { readonly name: N; readonly body: CommandInput[N] };
}[CommandName];

/** Some of the commands, by name. */
export type Of<N extends CommandName> = Extract<NamedInput, { name: N }>;
