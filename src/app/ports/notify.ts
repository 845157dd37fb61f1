import type { NoticeRow } from "./store.ts";

/** A message on its way to a person: the text is made from codes at the last moment, the address from the vault or the directory. */
export type OutgoingNotice = { readonly notice: NoticeRow; readonly address: string; readonly text: string };

/** Sends to phones (SMS, a unit's duty phone). Resolves when handed over; throws when it must be tried again. */
export type Notify = { readonly send: (notice: OutgoingNotice) => Promise<void> };
