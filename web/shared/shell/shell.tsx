import { useQuery } from "@tanstack/react-query";
import { Link, Outlet, useNavigate } from "@tanstack/react-router";
import { lazy, Suspense, useRef, useState } from "react";
import type { ReactNode } from "react";
import { AlarmBar, PushBar } from "../../seat/alarm/alarm-bar.tsx";
import { DangerKeys, DangerProvider, useDanger } from "../../seat/alarm/danger.tsx";
import { IdleKeys } from "../../seat/idle-keys.tsx";
import { linksQuery, metaQuery } from "../api/reads.ts";
import { Glyph } from "../design/glyph.tsx";
import { useText } from "../i18n/text.tsx";
import { useKeys } from "../keys/keys.tsx";
import { KeySheet } from "../keys/key-sheet.tsx";
import { Palette } from "../keys/palette.tsx";
import { useLive } from "../live/live.tsx";
import { deskOf } from "../list-names.ts";
import { supervises, worksAtDesk, worksAtUnit } from "../session/roles.ts";
import { useSeat } from "../session/session.tsx";
import { AccountMenu } from "./account-menu.tsx";
import { DutySwitch } from "./duty-switch.tsx";

function DangerButton(): ReactNode {
  const { t } = useText();
  const { target, fire } = useDanger();
  const meta = useQuery(metaQuery).data;
  const aim =
    target === "form" ? t("danger.targetForm") : target === "request" ? t("danger.targetThis") : t("danger.targetNew");
  return (
    <button type="button" className="danger-key" onClick={() => fire(false)}>
      <Glyph name="danger" size={18} />
      <b>{t("danger.button")}</b>
      <span>
        {meta?.side === "police" ? t("danger.nowPolice") : t("danger.now")} · {aim}
      </span>
      <kbd>F9</kbd>
    </button>
  );
}

/** Whether what is on screen is live, and which neighbours cannot be reached. */
function LineBanners(): ReactNode {
  const { t, code } = useText();
  const live = useLive();
  const { session } = useSeat();
  const meta = useQuery(metaQuery).data;
  const links = useQuery({ ...linksQuery, enabled: worksAtDesk(session) }).data?.rows ?? [];
  const down = links.filter((link) => !link.up);
  return (
    <>
      {live === "lost" ? (
        <output className="banner lost">
          <Glyph name="cross" /> {t("link.lost")}
        </output>
      ) : null}
      {down.map((link) => {
        const desk = deskOf(meta, link.peer);
        return (
          <output key={link.peer} className="banner">
            <Glyph name="cross" /> {t("link.down", { peer: desk === null ? link.peer : code("sideName", desk) })}{" "}
            <a className="number" href={`tel:${link.dutyPhone}`}>
              {link.dutyPhone}
            </a>
          </output>
        );
      })}
    </>
  );
}

type HeaderActs = { readonly onSheet: () => void; readonly onDuty: () => void; readonly dutyOpen: boolean };

function Header({ onSheet, onDuty, dutyOpen }: HeaderActs): ReactNode {
  const { t, language } = useText();
  const { session } = useSeat();
  const live = useLive();
  const meta = useQuery(metaQuery).data;
  const desk = worksAtDesk(session);
  return (
    <header className="top">
      <span className="side-mark" aria-hidden="true">
        {meta === undefined ? "" : t(`sideName.${meta.side}`)}
      </span>
      <strong className="top-title">
        {meta === undefined ? t("app.name") : language === "zh" ? meta.title.zh : meta.title.en}
      </strong>
      <nav className="top-nav" aria-label={t("nav.label")}>
        {desk ? (
          <>
            <Link to="/requests" activeOptions={{ exact: false }}>
              {t("nav.desk")}
            </Link>
            <Link to="/register">
              {t("nav.register")} <kbd>F4</kbd>
            </Link>
          </>
        ) : null}
        {worksAtUnit(session) ? <Link to="/orders">{t("nav.orders")}</Link> : null}
        {supervises(session) ? <Link to="/supervision">{t("nav.supervision")}</Link> : null}
        {mayRing(session) ? (
          <button type="button" aria-expanded={dutyOpen} onClick={onDuty}>
            {t("nav.duty")} <kbd>F10</kbd>
          </button>
        ) : null}
      </nav>
      {desk ? <DangerButton /> : <span className="spacer" />}
      <div className="top-side">
        {live === "open" ? (
          <span className="live">
            <Glyph name="dot" size={9} /> {t("link.live")}
          </span>
        ) : null}
        {desk ? <DutySwitch /> : null}
        <AccountMenu onSheet={onSheet} />
      </div>
    </header>
  );
}

const DutyDrawer = lazy(async () => ({ default: (await import("../../duty/duty.tsx")).Duty }));

/** Opens beside what one is doing; closed, the caret is back where it was. */
function useDutyDrawer(): { readonly open: boolean; readonly toggle: () => void } {
  const [open, setOpen] = useState(false);
  const before = useRef<HTMLElement | null>(null);
  const toggle = () => {
    if (open) {
      // Who has gone on working behind it keeps the caret where it is.
      if (document.activeElement?.closest(".duty-drawer") !== null) before.current?.focus();
    } else before.current = document.activeElement instanceof HTMLElement ? document.activeElement : null;
    setOpen(!open);
  };
  return { open, toggle };
}

function mayRing(session: Parameters<typeof supervises>[0]): boolean {
  return worksAtDesk(session) || supervises(session);
}

/** Opens the registration; where it stands open already, the caret goes back into what the caller says. */
async function openRegister(navigate: ReturnType<typeof useNavigate>): Promise<void> {
  await navigate({ to: "/register" });
  document.querySelector<HTMLElement>("form.register textarea")?.focus();
}

function Inside(): ReactNode {
  const { t } = useText();
  const { session } = useSeat();
  const navigate = useNavigate();
  const [sheet, setSheet] = useState(false);
  const [palette, setPalette] = useState(false);
  const duty = useDutyDrawer();
  const desk = worksAtDesk(session);
  useKeys([
    {
      combo: "F4",
      label: "key.newRequest",
      enabled: desk,
      run: () => void openRegister(navigate),
      anywhere: true,
    },
    {
      combo: "F10",
      label: "nav.duty",
      enabled: mayRing(session),
      run: duty.toggle,
      anywhere: true,
    },
    { combo: "Ctrl+K", label: "key.palette", run: () => setPalette(true), anywhere: true },
    { combo: "?", label: "key.help", run: () => setSheet(true), anywhere: true },
  ]);
  return (
    <>
      <a className="skip" href="#main">
        {t("app.skip")}
      </a>
      {desk ? (
        <>
          <IdleKeys />
          <DangerKeys />
          <AlarmBar />
        </>
      ) : (
        <PushBar />
      )}
      <Header onSheet={() => setSheet(true)} onDuty={duty.toggle} dutyOpen={duty.open} />
      <LineBanners />
      {desk && !session.onDuty ? (
        <output className="banner">
          <Glyph name="ring" /> {t("duty.offHint")} {t("duty.backBy")} <kbd>Ctrl+B</kbd>
        </output>
      ) : null}
      <div className="work">
        <main id="main" tabIndex={-1}>
          <Outlet />
        </main>
        {duty.open ? (
          <Suspense fallback={null}>
            <DutyDrawer onClose={duty.toggle} />
          </Suspense>
        ) : null}
      </div>
      {sheet ? <KeySheet onClose={() => setSheet(false)} /> : null}
      {palette ? <Palette onClose={() => setPalette(false)} /> : null}
    </>
  );
}

/** What stands around every screen: alarms first, then where one is, then the screen. */
export function Shell(): ReactNode {
  return (
    <DangerProvider>
      <Inside />
    </DangerProvider>
  );
}
