import { giveCommand } from "../../app/give-command.ts";
import type { CommandDone, CommandRefusal, GivenCommand } from "../../app/give-command.ts";
import { readRequest, readTimeline } from "../../app/read-requests.ts";
import type { ReadRefusal } from "../../app/read-requests.ts";
import type { Presented } from "../../app/present-brand.ts";
import { openCaseKey } from "../../app/case-keys.ts";
import { startClocks } from "../../app/start-clocks.ts";
import type { Actor } from "../../core/access/index.ts";
import { openCalendar } from "../../core/clock/index.ts";
import type { Calendar } from "../../core/clock/index.ts";
import type { CaseId, RequestNo, Result } from "../../kernel/index.ts";
import type { NodeConfig } from "../config/load.ts";
import { openNode } from "./open-node.ts";

type Read = (actor: Actor, no: RequestNo) => Promise<Result<Presented<object>, ReadRefusal>>;

/** The use cases of one node without its server, relay and loops. */
export type InProcessNode = {
  readonly giveCommand: (given: GivenCommand) => Promise<Result<CommandDone, CommandRefusal>>;
  readonly readRequest: Read;
  readonly readTimeline: Read;
  /** One page of the pass over open requests by another calendar; null = the end. */
  readonly countAnew: (calendar: Calendar, cursor: string | null) => Promise<string | null>;
  /** A fresh key of a request, locked as the store keeps it. */
  readonly newCaseKey: (caseId: CaseId) => Promise<Uint8Array>;
  readonly newId: () => string;
  readonly close: () => Promise<void>;
};

/**
 * Opens a node's real store and keys and gives its use cases as they ship, for who measures or fills a database.
 * The schema is brought up to date first. Errors: ConfigError, MigrationError, SeedError.
 */
export async function openInProcess(config: NodeConfig): Promise<InProcessNode> {
  const { deps, close } = await openNode(config, {
    environment: {},
    log: (line) => process.stderr.write(`${line}\n`),
  });
  return {
    giveCommand: (given) => giveCommand(deps, given),
    readRequest: (actor, no) => readRequest(deps, actor, no),
    readTimeline: (actor, no) => readTimeline(deps, actor, no, () => null),
    countAnew: (sheets, cursor) => {
      const rules = deps.rules();
      const clock = { ...rules.clock, calendar: openCalendar(sheets) };
      return startClocks({ ...deps, rules: () => ({ ...rules, clock }) }, cursor);
    },
    newCaseKey: async (caseId) => (await openCaseKey(deps.keys, caseId, null)).wrapped,
    newId: deps.ids.next,
    close,
  };
}
