import { may } from "../core/access/index.ts";
import type { Action, Actor } from "../core/access/index.ts";
import { dangerOpen, fileVersion } from "../core/file/index.ts";
import type { CaseFile, FileRefusal } from "../core/file/index.ts";
import { CHECK_CODE_BYTES, formatCheckCode } from "../core/request-number/index.ts";
import { err, ok } from "../kernel/index.ts";
import type { CaseId, CommandId, LinkageId, OrderId, RequestNo, Result, UnitCode } from "../kernel/index.ts";
import { backOff } from "./back-off.ts";
import { openCaseKey } from "./case-keys.ts";
import type { Deps } from "./deps.ts";
import { findTarget, subjectOfTarget } from "./find-target.ts";
import type { Target } from "./find-target.ts";
import type { LeftBehind } from "./left-behind.ts";
import type { ReadLogRow } from "./ports/read-log.ts";
import type { Commit, StoredFile } from "./ports/store.ts";
import type { Presented } from "./present-brand.ts";
import type { RequestCard } from "./present/cards.ts";
import { createSealer, normalPhone } from "./seal-input.ts";
import { translate } from "./translate.ts";
import type { InputRefusal, NamedInput } from "./translate.ts";
import { fileOf, writeFile } from "./write-file.ts";

/** A command as it comes in. The id makes a repeat harmless; `ifMatch` is the file version the person saw, or null. */
export type GivenCommand = {
  readonly actor: Actor;
  /** Whether it comes from a seat that is on duty: only such a seat takes a danger off its sender. Left out = no. */
  readonly onDuty?: boolean;
  readonly id: CommandId;
  /** Digest of name, target and body: a repeat with another body is no repeat. */
  readonly digest: string;
  readonly ifMatch: number | null;
  readonly target: Target;
  readonly input: NamedInput;
  /** Shows the request as the command leaves it, through the door; left out = nobody looks at it. */
  readonly show?: (deps: Deps, left: LeftBehind) => Promise<Presented<RequestCard>>;
};

/** What a person is told when the change is saved; the request itself is shown through the door. */
export type CommandDone = {
  readonly requestNo: RequestNo;
  readonly caseId: CaseId;
  readonly version: number;
  readonly repeated: boolean;
  /** The request as this command left it; null when nobody looks, or when it was carried out before. */
  readonly view: Presented<RequestCard> | null;
};

export type CommandRefusal =
  | FileRefusal
  | InputRefusal
  | { readonly code: "FORBIDDEN" }
  | { readonly code: "ETAG_STALE"; readonly version: number }
  | { readonly code: "NOT_ON_DUTY" }
  | { readonly code: "PUSH_SUPERSEDED"; readonly pushNo: number }
  | { readonly code: "CONFLICT" }
  | { readonly code: "IDEMPOTENCY_KEY_REUSED" };

/** Somebody else wrote first: decide again on what he left. Danger is tried far longer than anything could last. */
const TRIES = 6;
const DANGER_TRIES = 60;

/**
 * The one road of every command: find, permit, seal, decide, write. Nothing is told as done before it is committed.
 * Errors: `CommandRefusal`; a danger command of somebody who may see the request is refused by none of them.
 * @source nmg:2.2.1 @req REQ-01 @req REQ-13 @req REQ-17
 */
export async function giveCommand(deps: Deps, given: GivenCommand): Promise<Result<CommandDone, CommandRefusal>> {
  const danger = isDanger(given.input);
  const tries = danger ? DANGER_TRIES : TRIES;
  let { id } = given;
  for (let attempt = 0; attempt < tries; attempt++) {
    const done = await once(deps, { ...given, id }, attempt);
    if (done === "again") {
      await backOff(deps, attempt);
      continue;
    }
    if (!danger || done.ok || done.error.code !== "IDEMPOTENCY_KEY_REUSED") return done;
    // A screen that uses a key twice makes a mistake; the danger it tells of is none.
    id = deps.ids.next() as CommandId;
  }
  return err({ code: "CONFLICT" });
}

function isDanger(input: NamedInput): boolean {
  return (
    input.name === "danger" || input.name === "orderDanger" || (input.name === "register" && input.body.danger === true)
  );
}

async function once(
  deps: Deps,
  given: GivenCommand,
  attempt: number,
): Promise<Result<CommandDone, CommandRefusal> | "again"> {
  const found = given.input.name === "register" ? null : await findTarget(deps.store, given.target);
  if (found === null && given.input.name !== "register") return err({ code: "REQUEST_UNKNOWN" });
  const refused = checkBefore(given, found);
  if (refused !== null) return (await repeated(deps, given)) ?? err(refused);

  const aim = found === null ? await newAim(deps) : { caseId: found.case.id, requestNo: found.case.requestNo };
  const caseKey = await openCaseKey(deps.keys, aim.caseId, found?.wrappedKey ?? null);
  const sealer = createSealer(deps.keys, caseKey, found?.case ?? null, given.id);
  if (found === null) sealer.secret("checkCode", formatCheckCode(deps.ids.random(CHECK_CODE_BYTES)));
  const { target } = given;
  const command = translate(
    deps,
    given.input,
    {
      ...aim,
      linkageId: linkageOf(target),
      orderId: orderOf(target),
      timed: target.kind === "timed" ? target.id : null,
      unit: unitOf(target, found),
      onDuty: given.onDuty === true,
    },
    sealer,
  );
  if (!command.ok) return (await repeated(deps, given)) ?? err(command.error);

  const at = deps.clock.now();
  const phoneIndex = phoneIndexOf(deps, given.input) ?? found?.phoneIndex ?? null;
  const screen = openScreen(deps, given, found, (file) =>
    leftBehind(file, { phoneIndex, wrappedKey: caseKey.wrapped }, sealer.inClear()),
  );
  const written = await writeFile(deps, {
    attempt,
    before: fileOf(found),
    input: {
      via: "command",
      id: given.id,
      at,
      by: { kind: "user", id: given.actor.id, node: deps.node.self },
      command: command.value,
    },
    caseKey,
    vault: sealer.rows(),
    phoneIndex,
    inbox: null,
    command: recordOf(given, aim, at),
    reads: screen.before,
  });
  if (!written.ok) return (await repeated(deps, given)) ?? err(written.error);
  switch (written.value.outcome) {
    case "done":
      return ok({
        ...aim,
        version: fileVersion(written.value.decision.file),
        repeated: false,
        view: await screen.after(written.value.decision.file),
      });
    case "duplicate":
      return (await repeated(deps, given)) ?? "again";
    case "conflict":
      return "again";
  }
}

/** What the person who gives a command sees of it. */
type Screen = {
  /** Acts of reading to be written with the change. */
  readonly before: (file: CaseFile) => Promise<readonly ReadLogRow[]>;
  /** Only asked after the change is written, and with it what `before` gave. */
  readonly after: (file: CaseFile) => Promise<GivenView>;
};

type GivenView = CommandDone["view"];

/**
 * The view is made before the change is written, so that the act of reading stands in the same transaction instead of one of its
 * own; nobody has it before both are written. A danger is written first and shown then: nothing that is only looked at may stand
 * in its way (P3). What cannot be shown hinders no change: it is tried again after it, and fails there.
 * @req REQ-57
 */
function openScreen(
  deps: Deps,
  { show, input }: GivenCommand,
  known: StoredFile | null,
  left: (file: CaseFile) => LeftBehind | null,
): Screen {
  let made: GivenView = null;
  return {
    before: async (file) => {
      const shown = left(file);
      if (show === undefined || shown === null || concernsDanger(input, known)) return [];
      const reads: ReadLogRow[] = [];
      const noting = { ...deps, readLog: { write: async (rows: readonly ReadLogRow[]) => void reads.push(...rows) } };
      try {
        made = await show(noting, shown);
        return reads;
      } catch {
        made = null;
        return [];
      }
    },
    after: async (file) => {
      const shown = left(file);
      return made ?? (show === undefined || shown === null ? null : await show(deps, shown));
    },
  };
}

/** A danger itself, and whatever is said of a request while one is open: an addition is a push, a signature releases the sender. */
function concernsDanger(input: NamedInput, known: StoredFile | null): boolean {
  return isDanger(input) || (known !== null && dangerOpen(fileOf(known)));
}

function leftBehind(
  file: CaseFile,
  rest: Pick<StoredFile, "phoneIndex" | "wrappedKey">,
  known: LeftBehind["known"],
): LeftBehind | null {
  return file.case === null ? null : { stored: { ...file, case: file.case, ...rest }, known };
}

function checkBefore(given: GivenCommand, found: StoredFile | null): CommandRefusal | null {
  const subject = found === null ? null : subjectOfTarget(given.target, found);
  if (!may(given.actor, actionOf(given.input), subject)) return { code: "FORBIDDEN" };
  if (given.input.name === "shown" && given.onDuty !== true) return { code: "NOT_ON_DUTY" };
  const newest = newerPush(given, found);
  if (newest !== null) return { code: "PUSH_SUPERSEDED", pushNo: newest };
  if (found === null || given.ifMatch === null || isDanger(given.input)) return null;
  const version = fileVersion(fileOf(found));
  return version === given.ifMatch ? null : { code: "ETAG_STALE", version };
}

/** The number of the newest push when the screen says that it shows another one: nobody signs what was never shown. */
function newerPush({ input, target }: GivenCommand, found: StoredFile | null): number | null {
  if ((input.name !== "shown" && input.name !== "sign") || input.body.pushNo === undefined) return null;
  const k = found?.linkages.find((l) => l.id === linkageOf(target))?.k;
  return k === undefined || k === input.body.pushNo ? null : k;
}

function actionOf(input: NamedInput): Action {
  return input.name === "orderDanger" ? "danger" : input.name;
}

/** The answer of an earlier command with this id, if there was one. */
async function repeated(deps: Deps, given: GivenCommand): Promise<Result<CommandDone, CommandRefusal> | null> {
  const record = await deps.store.findCommand(given.id);
  if (record === null) return null;
  if (record.digest !== given.digest || record.user !== given.actor.id) return err({ code: "IDEMPOTENCY_KEY_REUSED" });
  const answer = parseAnswer(record.answer);
  const stored = await deps.store.loadFile(answer.caseId);
  return ok({ ...answer, version: fileVersion(fileOf(stored)), repeated: true, view: null });
}

/** The answer kept with a command: what `recordOf` wrote. Anything else is a damaged row: it throws. */
function parseAnswer(kept: unknown): { readonly requestNo: RequestNo; readonly caseId: CaseId } {
  const { requestNo, caseId } = { requestNo: null, caseId: null, ...(typeof kept === "object" ? kept : null) };
  if (typeof requestNo !== "string" || typeof caseId !== "string") throw new Error("a command without its answer");
  return { requestNo, caseId: caseId as CaseId };
}

function recordOf(
  given: GivenCommand,
  aim: { readonly caseId: CaseId; readonly requestNo: RequestNo },
  at: ReturnType<Deps["clock"]["now"]>,
): Commit["command"] {
  return {
    id: given.id,
    user: given.actor.id,
    digest: given.digest,
    answer: { caseId: aim.caseId, requestNo: aim.requestNo },
    at,
  };
}

async function newAim(deps: Deps): Promise<{ readonly caseId: CaseId; readonly requestNo: RequestNo }> {
  return { caseId: deps.ids.next() as CaseId, requestNo: await deps.requestNos.next() };
}

function phoneIndexOf(deps: Deps, input: NamedInput): string | null {
  const fields = input.name === "register" || input.name === "amend" ? input.body.fields : null;
  const phone = fields?.requesterPhone;
  return phone === undefined ? null : deps.keys.blindIndex(normalPhone(phone));
}

function linkageOf(target: Target): LinkageId | null {
  return target.kind === "linkage" ? target.id : null;
}

function unitOf(target: Target, found: StoredFile | null): UnitCode | null {
  return found?.orders.find((o) => o.id === orderOf(target))?.unit ?? null;
}

function orderOf(target: Target): OrderId | null {
  return target.kind === "order" ? target.id : null;
}
