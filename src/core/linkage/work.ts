import type { Instant, LinkageId } from "../../kernel/index.ts";
import type { LinkageCommand, LinkageCommandType, LinkageInput, LinkageTimer } from "./command.ts";
import type { LinkageContext } from "./context.ts";
import type { Linkage, LinkageFile } from "./linkage.ts";
import type { LinkageMessage, LinkageMessageBody, LinkageMessageType } from "./message.ts";

/** What a change of one linkage does to another one of the same file (section 5.3). */
export type LinkageEffect = "closedAbove" | "reopenedBelow" | "handedBack" | "ruledElsewhere";

/** What a row waits for. `message:any` is looked at last. */
export type LinkageTrigger =
  | `command:${LinkageCommandType}`
  | `message:${LinkageMessageType}`
  | "message:any"
  | `timer:${LinkageTimer}`
  | `effect:${LinkageEffect}`
  | "receipt";

/** One step of one linkage while it is being decided. */
export type Work = {
  /** Holds what earlier steps of the same input have changed already. */
  readonly file: LinkageFile;
  /** Before the step; null when it is being born. */
  readonly linkage: Linkage | null;
  /** The linkage that pulled this one along; null for the one the input speaks to. */
  readonly because: LinkageId | null;
  readonly trigger: LinkageTrigger;
  readonly input: LinkageInput;
  readonly at: Instant;
  readonly context: LinkageContext;
};

/** The linkage of a step on an existing one. */
export function linkageOf(work: Work): Linkage {
  if (work.linkage === null) throw new Error(`${work.trigger} needs a linkage`);
  return work.linkage;
}

/** The command of this type; a step without it is a mistake in the table and throws. */
export function commandOf<T extends LinkageCommandType>(work: Work, type: T): Extract<LinkageCommand, { type: T }> {
  const found = findCommand(work, type);
  if (found === null) throw new Error(`${work.trigger} is not the command ${type}`);
  return found;
}

/** The command of this type, null when the step has another cause. */
export function findCommand<T extends LinkageCommandType>(
  work: Work,
  type: T,
): Extract<LinkageCommand, { type: T }> | null {
  return work.input.via === "command" && isCommand(work.input.command, type) ? work.input.command : null;
}

/** The message body of this type; a step without it is a mistake in the table and throws. */
export function bodyOf<T extends LinkageMessageType>(work: Work, type: T): Extract<LinkageMessageBody, { type: T }> {
  const found = findBody(work, type);
  if (found === null) throw new Error(`${work.trigger} is not the message ${type}`);
  return found;
}

/** The message body of this type, null when the step has another cause. */
export function findBody<T extends LinkageMessageType>(
  work: Work,
  type: T,
): Extract<LinkageMessageBody, { type: T }> | null {
  return work.input.via === "message" && isBody(work.input.message.body, type) ? work.input.message.body : null;
}

/** The message that caused the step. */
export function messageOf(work: Work): LinkageMessage {
  if (work.input.via !== "message") throw new Error(`${work.trigger} is no message`);
  return work.input.message;
}

function isCommand<T extends LinkageCommandType>(
  command: LinkageCommand,
  type: T,
): command is Extract<LinkageCommand, { type: T }> {
  return command.type === type;
}

function isBody<T extends LinkageMessageType>(
  body: LinkageMessageBody,
  type: T,
): body is Extract<LinkageMessageBody, { type: T }> {
  return body.type === type;
}
