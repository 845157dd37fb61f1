import { useQueryClient } from "@tanstack/react-query";
import { useNavigate, useRouter } from "@tanstack/react-router";
import { createContext, useCallback, useContext, useEffect, useMemo, useRef, useState } from "react";
import type { ReactNode } from "react";
import { ApiFailure, newKey } from "../../shared/api/client.ts";
import { giveCommand, invalidateWork, isUncertain, register } from "../../shared/api/commands.ts";
import type { Registration } from "../../shared/api/commands.ts";
import { useKeys } from "../../shared/keys/keys.tsx";
import type { Push } from "./danger-strip.tsx";
import { withEarlier } from "./earlier-pushes.ts";
import { salvage } from "./salvage.ts";
import { useEarlierPushes } from "./use-earlier-pushes.ts";

/** One press of the key as it is tried: gives the request's number. `salvaged` = every word as text, after a refusal of a field. */
type Attempt = (salvaged: boolean) => Promise<string | null>;

/** What the danger key means on the screen that is open. */
export type DangerTarget =
  | { readonly kind: "form"; readonly id: string; readonly attempt: () => Attempt; readonly done: (no: string) => void }
  | { readonly kind: "request"; readonly no: string };

type Danger = {
  readonly target: DangerTarget["kind"] | null;
  readonly aim: (target: DangerTarget) => () => void;
  readonly fire: (asNew: boolean) => void;
  readonly fireOrder: (orderId: string, note: string) => void;
  /** Presses of the key and what became of them, newest first, until somebody puts them away. */
  readonly pushes: readonly Push[];
  readonly putAway: (id: string) => void;
};

const DangerContext = createContext<Danger | null>(null);
const RETRY_MS = 800;
/** So long a push may be unanswered before somebody dials. */
const SILENT_MS = 2_000;

/** The danger key and what it aims at. */
export function useDanger(): Danger {
  const danger = useContext(DangerContext);
  if (danger === null) throw new Error("useDanger outside DangerProvider");
  return danger;
}

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

function attemptRegister(body: Registration): Attempt {
  const keys = [newKey(), newKey()] as const;
  return async (salvaged) => (await register(salvaged ? salvage(body) : body, keys[salvaged ? 1 : 0])).requestNo;
}

function attemptRequest(no: string): Attempt {
  const key = newKey();
  return async () => {
    await giveCommand({ name: "danger", subject: no, body: {} }, key);
    return no;
  };
}

function attemptOrder(orderId: string, note: string): Attempt {
  const keys = [newKey(), newKey()] as const;
  return async (salvaged) => {
    const body = note.trim() === "" || salvaged ? {} : { note: note.trim() };
    await giveCommand({ name: "orderDanger", subject: orderId, body }, keys[salvaged ? 1 : 0]);
    return null;
  };
}

/** F9 from any screen: with the open form, for the open request, or as a new call. Nothing asks back. */
export function DangerProvider({ children }: { readonly children: ReactNode }): ReactNode {
  const client = useQueryClient();
  const navigate = useNavigate();
  const router = useRouter();
  const aims = useRef<DangerTarget[]>([]);
  const underWay = useRef(new Set<string>());
  const [target, setTarget] = useState<DangerTarget["kind"] | null>(null);
  const [pushes, setPushes] = useState<readonly Push[]>([]);
  useEarlierPushes((told) => setPushes((all) => withEarlier(all, told)));

  const run = useCallback(
    (
      attempt: Attempt,
      then: (no: string | null) => void,
      over: () => void = () => undefined,
      order: string | null = null,
    ) => {
      const id = newKey();
      const change = (next: Partial<Push>) =>
        setPushes((all) => all.map((push) => (push.id === id ? { ...push, ...next } : push)));
      const at = new Date().toISOString();
      setPushes((all) => [
        { id, at, state: "sending", tries: 0, no: null, order, sentMs: null, failure: null },
        ...all,
      ]);
      // A server that takes the call and says nothing is as silent as none: after two seconds the number stands there (nmg:2.2.1).
      const silent = setTimeout(
        () =>
          setPushes((all) =>
            all.map((push) =>
              push.id === id && push.state === "sending" ? { ...push, state: "retrying", tries: 1 } : push,
            ),
          ),
        SILENT_MS,
      );
      persist(attempt, (tries, failure) => change({ state: "retrying", tries, failure }))
        .then((no) => {
          change({ state: "sent", no, sentMs: Date.now() });
          return then(no);
        })
        .catch((failure: unknown) => {
          change({ state: "refused", failure });
        })
        .finally(() => {
          clearTimeout(silent);
          over();
          void invalidateWork(client);
        });
    },
    [client],
  );

  const aim = useCallback((next: DangerTarget) => {
    aims.current = [next, ...aims.current];
    setTarget(next.kind);
    return () => {
      aims.current = aims.current.filter((one) => one !== next);
      setTarget(aims.current[0]?.kind ?? null);
    };
  }, []);

  const fire = useCallback(
    (asNew: boolean) => {
      const at = aims.current[0];
      const pressedAt = router.state.location.pathname;
      // Who has gone elsewhere while the line was slow, to register or to read, is not called back: the line of the push leads there.
      const open = (no: string | null) =>
        no === null || router.state.location.pathname !== pressedAt
          ? undefined
          : void navigate({ to: "/requests/$no", params: { no }, search: { act: "amend" } });
      if (at?.kind === "form") {
        // One form is one caller: pressed again while it is on its way, it is the same push.
        if (underWay.current.has(at.id)) return;
        underWay.current.add(at.id);
        run(
          at.attempt(),
          (no) => (no === null ? undefined : at.done(no)),
          () => underWay.current.delete(at.id),
        );
      } else if (at?.kind === "request" && !asNew) run(attemptRequest(at.no), open);
      else run(attemptRegister({ fields: { channel: "phone" }, danger: true }), open);
    },
    [run, navigate, router],
  );
  const fireOrder = useCallback(
    (orderId: string, note: string) => run(attemptOrder(orderId, note), () => undefined, undefined, orderId),
    [run],
  );

  const putAway = useCallback((id: string) => setPushes((all) => all.filter((one) => one.id !== id)), []);
  const value = useMemo(
    () => ({ target, aim, fire, fireOrder, pushes, putAway }),
    [target, aim, fire, fireOrder, pushes, putAway],
  );
  return <DangerContext value={value}>{children}</DangerContext>;
}

/** Listens for the danger key; separate, so that units (which have no F-keys) go without. */
export function DangerKeys(): ReactNode {
  const { fire } = useDanger();
  useKeys([
    { combo: "F9", label: "key.danger", run: () => fire(false), anywhere: true },
    { combo: "Shift+F9", label: "key.dangerNew", run: () => fire(true), anywhere: true },
  ]);
  return null;
}

/** Aims the danger key while the component is on screen. */
export function useDangerAim(target: DangerTarget | null): void {
  const { aim } = useDanger();
  const latest = useRef(target);
  useEffect(() => {
    latest.current = target;
  });
  const key = target === null ? null : target.kind === "form" ? target.id : target.no;
  useEffect(() => {
    if (key === null || latest.current === null) return undefined;
    const now = latest.current;
    if (now.kind === "request") return aim(now);
    const read = () => (latest.current?.kind === "form" ? latest.current : now);
    return aim({ kind: "form", id: now.id, attempt: () => read().attempt(), done: (no) => read().done(no) });
  }, [aim, key]);
}
