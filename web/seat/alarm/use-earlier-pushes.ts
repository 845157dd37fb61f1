import { useEffect, useRef } from "react";
import { ApiFailure } from "../../shared/api/client.ts";
import { readOwnPushes } from "../../shared/api/reads.ts";
import { worksAtDesk } from "../../shared/session/roles.ts";
import { useSeat } from "../../shared/session/session.tsx";
import type { ToldPush } from "./earlier-pushes.ts";

const AGAIN_MS = 2_000;

/**
 * Asks once, when the screen of a person at a desk is loaded, which of the pushes sent before still wait for a signature; until there
 * is an answer. The line must not be lost with the page: whoever pushed has to see whether anybody took it. @source nmg:2.2.1
 */
export function useEarlierPushes(tell: (told: readonly ToldPush[]) => void): void {
  const { session } = useSeat();
  const desk = worksAtDesk(session);
  const latest = useRef(tell);
  useEffect(() => {
    latest.current = tell;
  });
  useEffect(() => {
    if (!desk) return undefined;
    const over = new AbortController();
    const ask = (): void => {
      readOwnPushes(over.signal)
        .then(({ rows }) => latest.current(rows))
        .catch((failure: unknown) => {
          const mayNot = failure instanceof ApiFailure && failure.status === 403;
          if (!mayNot && !over.signal.aborted) setTimeout(ask, AGAIN_MS);
        });
    };
    ask();
    return () => over.abort();
  }, [desk]);
}
