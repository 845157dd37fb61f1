import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { UseMutationResult } from "@tanstack/react-query";
import type { Static } from "typebox";
import type { CommandBody, CommandName, RegisterBody, RequestView } from "../../../src/http/contract/index.ts";
import { drafts } from "../drafts/kept-here.ts";
import { ApiFailure, callApi, newKey } from "./client.ts";
import { openKeyBook } from "./key-book.ts";
import { COMMAND_PATHS, fillPath } from "./paths.ts";
import { requestQuery } from "./reads.ts";
import { isSameToAPerson } from "./same-to-a-person.ts";

export type Registration = Static<typeof RegisterBody>;

/** What the answer to a registration must hold: the one number. */
export type Registered = { readonly requestNo: string };

/** One command as a person gives it: the subject is a request number, a linkage id or an order id. */
export type Given<N extends CommandName = CommandName> = {
  readonly name: N;
  readonly subject: string;
  readonly body: CommandBody<N>;
  readonly etag?: string | null;
  /** The request as it stood on the screen: what came since and says nothing to a person does not refuse the command. */
  readonly seen?: RequestView;
  /** Name of the draft that holds what is sent: it ends when the server has it, unless more was typed meanwhile. */
  readonly draft?: string | null;
  /** Told as soon as the server has it, before anything is read again: the form that sent it closes, and takes no more letters. */
  readonly onAnswered?: () => void;
};

/**
 * What must go through even when the screen is a moment old: danger, the receipts of an urgent push, and what only adds.
 * While a push is under way the other desk's receipts change the request every few seconds; words must not be refused for that.
 */
const UNCONDITIONAL: ReadonlySet<CommandName> = new Set([
  "danger",
  "orderDanger",
  "shown",
  "sign",
  "amend",
  "readAdditions",
  "notify",
  "readNotice",
  "recordInitialResponse",
]);

/** Whether a command names no version and waits for none. */
export function isUnconditional(name: CommandName): boolean {
  return UNCONDITIONAL.has(name);
}

/** Gives one command. Errors: ApiFailure. */
export function giveCommand<N extends CommandName>(given: Given<N>, idempotencyKey: string): Promise<unknown> {
  return callApi(fillPath(COMMAND_PATHS[given.name], given.subject), {
    method: "POST",
    body: given.body,
    idempotencyKey,
    ...(UNCONDITIONAL.has(given.name) ? {} : { etag: given.etag ?? null }),
  });
}

/** Registers a request; with `danger` it is pushed in the same command. */
export function register(body: Registration, idempotencyKey: string): Promise<Registered> {
  return callApi<Registered>("/requests", { method: "POST", body, idempotencyKey });
}

/** Whether the same press may be repeated with the same key: nobody knows if it arrived. */
export function isUncertain(failure: unknown): boolean {
  return failure instanceof ApiFailure && (failure.network || failure.status >= 500);
}

const book = openKeyBook(drafts, newKey);

/** Forgets what was sent without an answer: it holds what people said, and the next account must not have it. */
export function forgetCommands(): void {
  book.forget();
}

/** Gives a command under the key of its content, which it keeps until it is answered. Errors: ApiFailure. */
export async function giveOnce<N extends CommandName>(given: Given<N>): Promise<unknown> {
  const draft = given.draft ?? null;
  const content = JSON.stringify([given.name, given.subject, given.body]);
  const key = book.keyOf(draft, content);
  try {
    const answer = await giveCommand(given, key);
    book.answered(draft, content);
    return answer;
  } catch (failure) {
    if (!isUncertain(failure)) book.answered(draft, content);
    throw failure;
  }
}

/** So often a receipt may come between before it is said that something changed. */
const TRIES = 3;

/**
 * Gives a command that names the version it was pressed at. Refused because of a receipt, or a time that went by, it is given anew with the
 * version of now; what a person would have decided by stays a refusal. Errors: ApiFailure.
 */
async function giveAsSeen<N extends CommandName>(
  given: Given<N>,
  read: (no: string) => Promise<RequestView>,
): Promise<unknown> {
  let etag = given.etag ?? null;
  for (let tries = 1; ; tries += 1) {
    try {
      return await giveOnce({ ...given, etag });
    } catch (failure) {
      const { seen } = given;
      const old = failure instanceof ApiFailure && failure.status === 412;
      if (!old || seen === undefined || tries === TRIES) throw failure;
      const now = await read(seen.requestNo);
      if (!isSameToAPerson(seen, now)) throw failure;
      etag = now.etag;
    }
  }
}

/** Runs commands from a screen: same content keeps its key until it is answered, and what changed is read again. */
export function useCommand<N extends CommandName = CommandName>(): UseMutationResult<unknown, Error, Given<N>> {
  const client = useQueryClient();
  return useMutation({
    networkMode: "always",
    mutationFn: async (given: Given<N>) => {
      const draft = given.draft ?? null;
      const sent = draft === null ? null : drafts.find(draft);
      const answer = await giveAsSeen(given, (no) => client.fetchQuery({ ...requestQuery(no), staleTime: 0 }));
      if (draft !== null && drafts.find(draft)?.value === sent?.value) drafts.drop(draft);
      given.onAnswered?.();
      return answer;
    },
    // Held up until the request is read again, whose version the next command must name; lists may follow.
    onSettled: () => {
      void invalidateAll(client, ["queue", "orders", "alarms"]);
      return invalidateAll(client, ["request", "timeline"]);
    },
  });
}

/** Everything a command can have changed. */
export function invalidateWork(client: ReturnType<typeof useQueryClient>): Promise<unknown> {
  return invalidateAll(client, ["request", "timeline", "queue", "orders", "alarms"]);
}

function invalidateAll(client: ReturnType<typeof useQueryClient>, keys: readonly string[]): Promise<unknown> {
  return Promise.all(keys.map((key) => client.invalidateQueries({ queryKey: [key] })));
}
