/**
 * Messages to people outside the node: a unit's duty phone, the requester, a peer's duty phone. Decides the words, made from
 * codes alone, and hands them to a file or to the city's message gateway. Refuses to know who must be told, when it is tried
 * again (the queue in the database keeps, lists and retries), and any personal value but the address it is given.
 * Serves nmg:2.2.1 (the requester learns number and outcome).
 */
export { createFileSender } from "./file-sender.ts";
export { createHttpSender } from "./http-sender.ts";
export type { HttpSenderOptions } from "./http-sender.ts";
export { NotifyError } from "./notify-error.ts";
export type { NotifyErrorCode } from "./notify-error.ts";
export { noticeText } from "./texts.ts";
export type { NoticeTextRefusal } from "./texts.ts";
