import { useQuery, useQueryClient } from "@tanstack/react-query";
import { createContext, useCallback, useContext, useEffect, useMemo, useRef, useState } from "react";
import type { ReactNode } from "react";
import { callApi, setCsrf, whenExpired } from "../api/client.ts";
import { forgetCommands } from "../api/commands.ts";
import { metaQuery, sessionQuery } from "../api/reads.ts";
import type { Session } from "../api/reads.ts";
import { Bones, ProblemNote } from "../design/states.tsx";
import { draftPlace } from "../drafts/drafts.ts";
import { drafts } from "../drafts/kept-here.ts";
import { useText } from "../i18n/text.tsx";
import { openEnded } from "./ended.ts";
import { LoginPanel } from "./login.tsx";

type Seat = { readonly session: Session; readonly logOut: () => void };
/** How often the session is asked for by itself: its keys for drafts are new every three hours. */
const AGAIN_MS = 3_600_000;

const ended = openEnded(new BroadcastChannel("liandong.session"));
const SeatContext = createContext<Seat | null>(null);

/** The logged-in account. Only below SessionGate. */
export function useSeat(): Seat {
  const seat = useContext(SeatContext);
  if (seat === null) throw new Error("useSeat outside SessionGate");
  return seat;
}

/** Title and colour of the side this node is, known before anybody logs in. */
function useSide(): void {
  const { language } = useText();
  const meta = useQuery(metaQuery).data;
  useEffect(() => {
    if (meta === undefined) return;
    document.documentElement.dataset["side"] = meta.side;
    document.title = language === "zh" ? meta.title.zh : meta.title.en;
  }, [meta, language]);
}

/** Log-in over the screen that was open; Escape does not lead back into a session that is over. */
function ExpiredLogin({ login }: { readonly login: string }): ReactNode {
  const { t } = useText();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    dialog.current?.showModal();
    dialog.current?.querySelector<HTMLElement>("input[type=password]")?.focus();
  }, []);
  return (
    <dialog ref={dialog} className="veil" aria-label={t("link.expired")} onCancel={(event) => event.preventDefault()}>
      <LoginPanel expired={login} />
    </dialog>
  );
}

/**
 * Shows the log-in until somebody is logged in. When a session ends by itself the screen stays as it is, unreachable behind
 * the log-in, so that nothing half written is lost; another account starts afresh.
 */
export function SessionGate({ children }: { readonly children: ReactNode }): ReactNode {
  const client = useQueryClient();
  const query = useQuery({ ...sessionQuery, refetchInterval: AGAIN_MS, refetchIntervalInBackground: true });
  const [shown, setShown] = useState<Session | null>(null);
  useSide();

  useEffect(() => whenExpired(() => client.setQueryData(sessionQuery.queryKey, null)), [client]);
  const current = query.data ?? null;
  if (current !== null && current !== shown) setShown(current);

  const node = useQuery(metaQuery).data?.nodeCode ?? null;
  const user = shown?.user.id ?? null;
  const keys = current?.draftKeys ?? null;
  const open = current === null || node === null ? null : draftPlace(node, current.user.id);
  useEffect(() => {
    if (open !== null && keys !== null) drafts.open(open, keys);
  }, [open, keys]);

  const end = useCallback(() => {
    // First the screen: as long as a session stands in the cache it is shown again.
    void client.cancelQueries({ queryKey: sessionQuery.queryKey });
    client.setQueryData(sessionQuery.queryKey, null);
    setShown(null);
    forgetCommands();
    // What somebody said is not left on a shared machine for the next shift.
    if (node !== null && user !== null) drafts.end(draftPlace(node, user));
  }, [client, node, user]);
  const forget = useCallback(() => {
    setCsrf(null);
    client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== "meta" && queryKey[0] !== "session" });
  }, [client]);
  useEffect(
    () =>
      ended.listen((other) => {
        if (other !== user) return;
        end();
        forget();
      }),
    [user, end, forget],
  );
  const logOut = useCallback(() => {
    end();
    if (user !== null) ended.tell(user);
    void callApi("/session", { method: "DELETE", outlivesPage: true })
      .catch(() => undefined)
      .finally(forget);
  }, [end, forget, user]);
  const seat = useMemo(() => (shown === null ? null : { session: shown, logOut }), [shown, logOut]);

  if (query.isPending) return <Bones rows={2} />;
  if (query.isError && shown === null) {
    return <ProblemNote error={query.error} onRetry={() => void query.refetch()} />;
  }
  if (seat === null) return <LoginPanel expired={null} />;
  return (
    <SeatContext value={seat}>
      <div key={seat.session.user.id} inert={current === null} className="app">
        {children}
      </div>
      {current === null ? <ExpiredLogin login={seat.session.user.login} /> : null}
    </SeatContext>
  );
}
