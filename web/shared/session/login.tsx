import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import type { FormEvent, ReactNode } from "react";
import { ApiFailure, callApi } from "../api/client.ts";
import { metaQuery, sessionQuery } from "../api/reads.ts";
import { Glyph } from "../design/glyph.tsx";
import { TextField } from "../design/inputs.tsx";
import { ProblemNote } from "../design/states.tsx";
import { useText } from "../i18n/text.tsx";
import { LanguageSwitch, ThemeSwitch } from "../shell/switches.tsx";

/** Account and password. `expired` = the account whose session ended while something was on screen. */
export function LoginPanel({ expired }: { readonly expired: string | null }): ReactNode {
  const { t, language } = useText();
  const client = useQueryClient();
  const meta = useQuery(metaQuery).data;
  const [login, setLogin] = useState(expired ?? "");
  const [password, setPassword] = useState("");
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const first = useRef<HTMLInputElement>(null);
  useEffect(() => first.current?.focus(), []);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (busy) return;
    setBusy(true);
    setError(null);
    callApi("/session", { method: "POST", body: { login: login.trim(), password } })
      .then(() =>
        Promise.all([sessionQuery, metaQuery].map((one) => client.invalidateQueries({ queryKey: one.queryKey }))),
      )
      .catch((failure: unknown) => setError(failure))
      .finally(() => setBusy(false));
  };
  const wrong = error instanceof ApiFailure && error.status === 401;

  return (
    <main className="login">
      <form className="login-card" onSubmit={submit}>
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
        {expired === null ? null : (
          <p className="notice warn">
            <Glyph name="lock" /> <span>{t("login.expired")}</span>
          </p>
        )}
        <TextField
          label={t("login.name")}
          value={login}
          onChange={setLogin}
          autoComplete="username"
          {...(expired === null ? { inputRef: first } : {})}
        />
        <TextField
          label={t("login.password")}
          type="password"
          value={password}
          onChange={setPassword}
          autoComplete="current-password"
          {...(expired === null ? {} : { inputRef: first })}
        />
        {wrong ? (
          <p className="notice wrong-box" role="alert">
            <Glyph name="cross" /> <span>{t("login.wrong")}</span>
          </p>
        ) : error === null ? null : (
          <ProblemNote error={error} />
        )}
        <button type="submit" className="button primary" disabled={busy || login.trim() === "" || password === ""}>
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
