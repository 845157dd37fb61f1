import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import type { FormEvent, ReactNode } from "react";
import { ApiFailure, callApi } from "../api/client.ts";
import { metaQuery, sessionQuery } from "../api/reads.ts";
import { Glyph } from "../design/glyph.tsx";
import { TextField } from "../design/inputs.tsx";
import { ProblemNote } from "../design/states.tsx";
import { useText } from "../i18n/text.tsx";
import { useNow } from "../time.ts";
import { LanguageSwitch, ThemeSwitch } from "../shell/switches.tsx";

/** Who tried too often, when that was answered and for how long, by the clock of this page. */
type LockedOut = { readonly login: string; readonly at: number; readonly seconds: number };

function lockedOut(error: unknown, login: string): LockedOut | null {
  const seconds = error instanceof ApiFailure ? error.problem?.params?.["retryAfterSeconds"] : undefined;
  return typeof seconds === "number" ? { login, at: Date.now(), seconds } : null;
}

function secondsLeft({ at, seconds }: LockedOut, now: number): number {
  return Math.max(0, Math.ceil(seconds - Math.max(0, now - at) / 1_000));
}

/** How long a lock-out still lasts, counted down. */
function Locked({ seconds }: { readonly seconds: number }): ReactNode {
  const { t } = useText();
  return seconds > 0 ? (
    <p className="notice wrong-box" role="alert">
      <Glyph name="lock" /> <span aria-live="off">{t("login.locked", { n: seconds })}</span>
    </p>
  ) : (
    <output className="notice info">
      <Glyph name="check" /> <span>{t("login.again")}</span>
    </output>
  );
}

/** Which desk this is. */
function Head(): ReactNode {
  const { t, language } = useText();
  const meta = useQuery(metaQuery).data;
  return (
    <header>
      {meta === undefined ? null : (
        <span className="side-mark" aria-hidden="true">
          {t(`sideName.${meta.side}`)}
        </span>
      )}
      <div>
        <h1>{meta === undefined ? t("app.name") : language === "zh" ? meta.title.zh : meta.title.en}</h1>
        {meta === undefined ? null : <p>{t(meta.side === "hotline" ? "app.sideHotline" : "app.sidePolice")}</p>}
      </div>
    </header>
  );
}

/** Why nobody is logged in now. */
function WhyNot({ error }: { readonly error: unknown }): ReactNode {
  const { t } = useText();
  if (error === null) return null;
  if (!(error instanceof ApiFailure) || error.status !== 401) return <ProblemNote error={error} />;
  return (
    <p className="notice wrong-box" role="alert">
      <Glyph name="cross" /> <span>{t("login.wrong")}</span>
    </p>
  );
}

/** Account and password. `expired` = the account whose session ended while something was on screen. */
export function LoginPanel({ expired }: { readonly expired: string | null }): ReactNode {
  const { t } = useText();
  const client = useQueryClient();
  const meta = useQuery(metaQuery).data;
  const [login, setLogin] = useState(expired ?? "");
  const [password, setPassword] = useState("");
  const [error, setError] = useState<unknown>(null);
  // Another account of the same machine is not locked out.
  const [locked, setLocked] = useState<LockedOut | null>(null);
  const now = useNow(500);
  const wait = locked?.login === login.trim() ? secondsLeft(locked, now) : null;
  const [busy, setBusy] = useState(false);
  const first = useRef<HTMLInputElement>(null);
  const secret = useRef<HTMLInputElement>(null);
  useEffect(() => (expired === null ? first : secret).current?.focus(), [expired]);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (busy || (wait ?? 0) > 0) return;
    setBusy(true);
    setError(null);
    setLocked(null);
    callApi("/session", { method: "POST", body: { login: login.trim(), password } })
      .then(() =>
        Promise.all([sessionQuery, metaQuery].map((one) => client.invalidateQueries({ queryKey: one.queryKey }))),
      )
      .catch((failure: unknown) => {
        setError(failure);
        // What was wrong is not corrected blindly but typed again.
        if (failure instanceof ApiFailure && failure.status === 401) {
          setPassword("");
          secret.current?.focus();
        }
        setLocked(lockedOut(failure, login.trim()));
      })
      .finally(() => setBusy(false));
  };

  return (
    <main className="login">
      <form className="login-card" onSubmit={submit}>
        <Head />
        {expired === null ? null : (
          <p className="notice warn">
            <Glyph name="lock" /> <span>{t("login.expired")}</span>
          </p>
        )}
        <TextField label={t("login.name")} value={login} onChange={setLogin} autoComplete="username" inputRef={first} />
        <TextField
          label={t("login.password")}
          type="password"
          value={password}
          onChange={setPassword}
          autoComplete="current-password"
          inputRef={secret}
        />
        {wait === null ? <WhyNot error={error} /> : <Locked seconds={wait} />}
        <button
          type="submit"
          className="button primary"
          disabled={busy || (wait ?? 0) > 0 || login.trim() === "" || password === ""}
        >
          {busy ? t("app.sending") : t("login.submit")}
        </button>
        {meta?.demo === true ? <p className="aside">{t("login.demo")}</p> : null}
        <footer>
          <LanguageSwitch />
          <ThemeSwitch />
        </footer>
      </form>
    </main>
  );
}
