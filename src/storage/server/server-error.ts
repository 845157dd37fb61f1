/** Why a server cannot be started; the operator reads the message, programs read the code. */
export type ServerErrorCode =
  | "UNSUPPORTED_PLATFORM"
  | "BINARIES_ABSENT"
  | "FOLDER_NOT_TRAVERSABLE"
  | "INITDB_FAILED"
  | "DATA_OF_OTHER_MAJOR"
  | "PASSWORD_FILE_MISSING"
  | "PORT_IN_USE"
  | "START_FAILED"
  | "START_TIMEOUT"
  | "START_LOCK_TIMEOUT"
  | "NOT_ANSWERING"
  | "STOP_TIMEOUT";

/** Thrown by the launcher: nothing a caller could go on with. `message` names the folder, file or port. */
export class ServerError extends Error {
  readonly code: ServerErrorCode;

  constructor(code: ServerErrorCode, message: string) {
    super(`${code}: ${message}`);
    this.name = "ServerError";
    this.code = code;
  }
}
