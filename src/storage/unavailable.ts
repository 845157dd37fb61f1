import { sqlFault } from "./statement.ts";

/** SQLSTATE classes and codes of a server that stops, starts, is full or went away; and the system's codes of a broken connection. */
const AWAY = /^(?:08...|57P0[1-5]|53300|ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN)$/;

/** What the driver says without a code. */
const SAID = /connection terminated|timeout exceeded when trying to connect|client has encountered a connection error/i;

/** Whether an error means that the database is away for the moment: the same command may be sent again with the same key. */
export function isUnavailable(error: unknown): boolean {
  return AWAY.test(sqlFault(error).code) || (error instanceof Error && SAID.test(error.message));
}

/** SQLSTATE codes of a server that is there and takes nobody now, and the system's code of one that does not answer. */
const BUSY = /^(?:57P03|53300|ETIMEDOUT)$/;

/** Whether the database is there and only too busy: who waits is let in. */
export function isBusy(error: unknown): boolean {
  return BUSY.test(sqlFault(error).code) || (error instanceof Error && SAID.test(error.message));
}
