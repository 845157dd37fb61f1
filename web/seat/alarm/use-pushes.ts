import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useState } from "react";
import { ApiFailure, newKey } from "../../shared/api/client.ts";
import { invalidateWork, isUncertain } from "../../shared/api/commands.ts";
import type { Push } from "./danger-strip.tsx";
import { withEarlier } from "./earlier-pushes.ts";
import { useEarlierPushes } from "./use-earlier-pushes.ts";

/** One press of the key as it is tried: gives the request's number. `salvaged` = every word as text, after a refusal of a field. */
export type Attempt = (salvaged: boolean) => Promise<string | null>;

/** Besides: what is done when the press is over either way, and of which order it was. */
type Aside = { readonly over?: () => void; readonly order?: string };

const RETRY_MS = 800;
/** So long a push may be unanswered before somebody dials. */
const SILENT_MS = 2_000;

/** One press becomes one command with one key, tried until the server has it: a refusal of the form is answered by sending its words as text. */
async function persist(attempt: Attempt, tell: (tries: number, failure: unknown) => void): Promise<string | null> {
  let salvaged = false;
  for (let tries = 1; ; tries += 1) {
    try {
      return await attempt(salvaged);
    } catch (failure) {
      const refused =
        failure instanceof ApiFailure && !isUncertain(failure) && ![401, 412, 429].includes(failure.status);
      if (refused && salvaged) throw failure;
      if (refused) salvaged = true;
      else tell(tries, failure);
      if (!refused) await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
    }
  }
}

/** Presses of the danger key and what became of them, newest first, until somebody puts them away. */
export function usePushes(): {
  readonly pushes: readonly Push[];
  readonly run: (attempt: Attempt, then: (no: string | null) => void, aside?: Aside) => void;
  readonly putAway: (id: string) => void;
} {
  const client = useQueryClient();
  const [pushes, setPushes] = useState<readonly Push[]>([]);
  useEarlierPushes((told) => setPushes((all) => withEarlier(all, told)));
  const run = useCallback(
    (attempt: Attempt, then: (no: string | null) => void, { over, order }: Aside = {}) => {
      const id = newKey();
      const at = new Date().toISOString();
      const first: Push = {
        id,
        at,
        state: "sending",
        tries: 0,
        no: null,
        order: order ?? null,
        sentMs: null,
        failure: null,
      };
      const change = (next: Partial<Push>, when: (push: Push) => boolean = () => true) =>
        setPushes((all) => all.map((push) => (push.id === id && when(push) ? { ...push, ...next } : push)));
      setPushes((all) => [first, ...all]);
      // A server that takes the call and says nothing is as silent as none: after two seconds the number stands there (nmg:2.2.1).
      const silent = setTimeout(
        () => change({ state: "retrying", tries: 1 }, ({ state }) => state === "sending"),
        SILENT_MS,
      );
      persist(attempt, (tries, failure) => change({ state: "retrying", tries, failure }))
        .then((no) => {
          change({ state: "sent", no, sentMs: Date.now() });
          return then(no);
        })
        .catch((failure: unknown) => change({ state: "refused", failure }))
        .finally(() => {
          clearTimeout(silent);
          over?.();
          void invalidateWork(client);
        });
    },
    [client],
  );
  const putAway = useCallback((id: string) => setPushes((all) => all.filter((one) => one.id !== id)), []);
  return { pushes, run, putAway };
}
