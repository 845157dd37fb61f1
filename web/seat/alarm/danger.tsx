import { useNavigate, useRouter } from "@tanstack/react-router";
import { createContext, useCallback, useContext, useEffect, useMemo, useRef, useState } from "react";
import type { ReactNode } from "react";
import { newKey } from "../../shared/api/client.ts";
import { giveCommand, register } from "../../shared/api/commands.ts";
import type { Registration } from "../../shared/api/commands.ts";
import { useKeys } from "../../shared/keys/keys.tsx";
import type { SentDraft } from "../register/draft.ts";
import type { Push } from "./danger-strip.tsx";
import { useNewCall } from "./new-call.ts";
import { salvage } from "./salvage.ts";
import { usePushes } from "./use-pushes.ts";
import type { Attempt } from "./use-pushes.ts";

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

/** The danger key and what it aims at. */
export function useDanger(): Danger {
  const danger = useContext(DangerContext);
  if (danger === null) throw new Error("useDanger outside DangerProvider");
  return danger;
}

/** A call of which nothing is known yet. */
const NEW_CALL: Registration = { fields: { channel: "phone" }, danger: true };

function attemptRegister({ body, key }: SentDraft): Attempt {
  const keys = [key, newKey()] as const;
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
  const navigate = useNavigate();
  const router = useRouter();
  const begin = useNewCall();
  const aims = useRef<DangerTarget[]>([]);
  const underWay = useRef(new Set<string>());
  const answered = useRef(new Map<string, string>());
  const [target, setTarget] = useState<DangerTarget["kind"] | null>(null);
  const { pushes, run, putAway } = usePushes();

  const aim = useCallback((next: DangerTarget) => {
    aims.current = [next, ...aims.current];
    setTarget(next.kind);
    // The answer to its push came before the form stood there.
    const no = next.kind === "form" ? answered.current.get(next.id) : undefined;
    if (next.kind === "form" && no !== undefined) next.done(no);
    return () => {
      aims.current = aims.current.filter((one) => one !== next);
      setTarget(aims.current[0]?.kind ?? null);
    };
  }, []);

  const pushNewCall = useCallback(() => {
    const sent = { body: NEW_CALL, key: newKey() };
    const call = begin(sent);
    const pressedAt = router.state.location.pathname;
    const arrived = (no: string | null) => {
      // Who has gone elsewhere while the line was slow, to register or to read, is not called back: the line of the push leads there.
      const { pathname, href } = router.latestLocation;
      if (no === null || (call === null && pathname !== pressedAt)) return;
      if (call === null) return void navigate({ to: "/requests/$no", params: { no }, search: { act: "amend" } });
      answered.current.set(call.form, no);
      const form = aims.current.find((one) => one.kind === "form" && one.id === call.form);
      if (form?.kind === "form") form.done(no);
      else call.became(no, href === call.href);
    };
    if (call === null) return run(attemptRegister(sent), arrived);
    underWay.current.add(call.form);
    run(attemptRegister(sent), arrived, { over: () => underWay.current.delete(call.form) });
  }, [begin, run, navigate, router]);

  const fire = useCallback(
    (asNew: boolean) => {
      const at = aims.current[0];
      const pushed = at?.kind === "form" && (underWay.current.has(at.id) || answered.current.has(at.id));
      if (at?.kind === "form" && !(pushed && asNew)) {
        // One form is one caller: pressed again while it is on its way, it is the same push.
        if (underWay.current.has(at.id)) return;
        underWay.current.add(at.id);
        run(at.attempt(), (no) => (no === null ? undefined : at.done(no)), {
          over: () => underWay.current.delete(at.id),
        });
      } else if (at?.kind === "request" && !asNew) {
        // What is said next is written down whether the push has been answered or not.
        void navigate({ to: "/requests/$no", params: { no: at.no }, search: { act: "amend" } });
        run(attemptRequest(at.no), () => undefined);
      } else pushNewCall();
    },
    [run, navigate, pushNewCall],
  );
  const fireOrder = useCallback(
    (orderId: string, note: string) => run(attemptOrder(orderId, note), () => undefined, { order: orderId }),
    [run],
  );

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
