import type { Push } from "./danger-strip.tsx";

/** A push as the server told it: of which request, and when it left last. */
export type ToldPush = { readonly requestNo: string; readonly at: string };

/**
 * The lines of the bar after the server has said which pushes of this person nobody has signed: those that this page did not send
 * itself come behind its own; of one request the page's own line stays. Newest first, as both lists are.
 */
export function withEarlier(pushes: readonly Push[], told: readonly ToldPush[]): readonly Push[] {
  const known = new Set(pushes.map(({ no }) => no));
  const earlier = told.filter(({ requestNo }) => !known.has(requestNo));
  return [
    ...pushes,
    ...earlier.map(
      ({ requestNo, at }): Push => ({
        id: `earlier ${requestNo}`,
        at,
        state: "sent",
        tries: 0,
        no: requestNo,
        order: null,
        sentMs: Date.parse(at),
        failure: null,
      }),
    ),
  ];
}
