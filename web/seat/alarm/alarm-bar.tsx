import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate, useRouterState } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import type { ReactNode } from "react";
import { createPortal } from "react-dom";
import type { AlarmView } from "../../../src/http/contract/index.ts";
import { ApiFailure } from "../../shared/api/client.ts";
import { useCommand } from "../../shared/api/commands.ts";
import { alarmsQuery, metaQuery, requestQuery } from "../../shared/api/reads.ts";
import { ProblemNote } from "../../shared/design/states.tsx";
import { useText } from "../../shared/i18n/text.tsx";
import { useKeys } from "../../shared/keys/keys.tsx";
import { useSeat } from "../../shared/session/session.tsx";
import { useFlash } from "../../shared/shell/flash.tsx";
import { Age } from "./age.tsx";
import { folded, LINES, NARROW_LINES, worstFirst } from "./alarm-order.ts";
import type { Entry } from "./alarm-order.ts";
import { ArrivalBar, useArrivals } from "./arrival-bar.tsx";
import { useDanger } from "./danger.tsx";
import { DangerStrip, isStuck } from "./danger-strip.tsx";
import { DialItem, groupDials } from "./dial-bar.tsx";
import { useKeyedDial } from "./dial-keys.ts";
import { Place, useHosts } from "./moved.tsx";
import { OwedItem, owedSteps, pushOf, useOver } from "./owed-item.tsx";
import { NewsItem, usePushNews } from "./push-news.tsx";
import { ToldBar } from "./told-bar.tsx";
import { RingBar } from "./ring-bar.tsx";
import { Sound } from "./sound.tsx";
import { UrgentItem } from "./urgent-item.tsx";
import { tailOf } from "./which.tsx";

type Bar = Entry & { readonly full: ReactNode; readonly line: ReactNode };

const nameOf = ({ kind, key }: Entry): string => `${kind} ${key}`;

/** One line anyway. */
const same = (one: ReactNode) => ({ full: one, line: one });

/** Presses of the danger key that were not put away yet; `elsewhere` = those that another line speaks of already. */
function usePushBars(elsewhere: readonly string[] = []): readonly Bar[] {
  const { pushes, putAway } = useDanger();
  const meta = useQuery(metaQuery).data;
  const police = meta?.side === "police";
  const dial = police ? null : (meta?.peers.find((peer) => peer.side === "police")?.dutyPhone ?? null);
  const own = pushes.filter(({ id }) => !elsewhere.includes(id));
  return own.map((push) => ({
    kind: isStuck(push) ? "stuck" : "sent",
    key: push.id,
    at: push.at,
    ...same(<DangerStrip push={push} police={police} dial={dial} onClose={() => putAway(push.id)} />),
  }));
}

function isSignedAlready(error: unknown): boolean {
  return error instanceof ApiFailure && error.code === "ALREADY_SIGNED";
}

/** Signs the push that waits longest, by F1 and by its button. */
function useSigning(top: AlarmView | undefined) {
  const { t } = useText();
  const flash = useFlash();
  const sign = useCommand<"sign">();
  const client = useQueryClient();
  const navigate = useNavigate();
  const registering = useRouterState({ select: (state) => state.location.pathname === "/register" });
  const onSign = (alarm: AlarmView) => {
    // What is signed is what the bar shows; while nothing was read yet it is a signature alone and says nothing of a screen.
    const read = alarm.requestNo === null ? undefined : client.getQueryData(requestQuery(alarm.requestNo).queryKey);
    const pushNo = read?.linkages.find(({ id }) => id === alarm.subject)?.pushNo;
    sign.mutate(
      { name: "sign", subject: alarm.subject, body: pushNo === undefined ? {} : { pushNo } },
      {
        // What was wanted stands: said of that push and gone, never left beneath another that nobody has signed.
        onError: (error) => {
          if (isSignedAlready(error)) flash(t("urgent.signedAlready", { no: tailOf(alarm.requestNo ?? "") }));
        },
      },
    );
    // Whoever is writing a registration keeps the caret; everybody else goes to what was signed for.
    if (!registering && alarm.requestNo !== null) {
      void navigate({ to: "/requests/$no", params: { no: alarm.requestNo } });
    }
  };
  useKeys([
    {
      combo: "F1",
      label: "key.sign",
      enabled: top !== undefined,
      run: () => (top === undefined ? undefined : onSign(top)),
      anywhere: true,
    },
  ]);
  return { onSign, error: isSignedAlready(sign.error) ? null : sign.error };
}

/** The title of the page says how many wait, for who looks at another window: dangers before anything else. */
function useTitle(urgent: number, incoming: number): void {
  const { t } = useText();
  const said =
    urgent > 0 ? `(${urgent}) ${t("urgent.title")}` : incoming > 0 ? `(${incoming}) ${t("arrival.waiting")}` : null;
  useEffect(() => {
    if (said === null) return undefined;
    const before = document.title;
    document.title = said;
    return () => {
      document.title = before;
    };
  }, [said]);
}

/** The bars themselves: at most so many lines that the desk below stays usable; the rest opens on request. */
function Bars({ bars, children }: { readonly bars: readonly Bar[]; readonly children?: ReactNode }): ReactNode {
  const { t } = useText();
  const [open, setOpen] = useState(false);
  // What does not fit is not drawn: what is drawn is reported as shown.
  const hostOf = useHosts(bars.map(nameOf));
  const narrow = window.matchMedia("(max-width: 900px)").matches;
  const { shown, kept, more, oldest } = folded(bars, open, narrow ? NARROW_LINES : LINES);
  useKeys([{ combo: "F7", label: "key.alarms", enabled: more > 0, run: () => setOpen(!open) }]);
  if (bars.length === 0) return null;
  return (
    <section className={open ? "alarms open" : "alarms"} role="alert" aria-label={t("urgent.bar")}>
      <div className="alarms-list">
        {shown.map((bar) => (
          <Place key={nameOf(bar)} host={hostOf(nameOf(bar))} />
        ))}
      </div>
      {kept.map((bar) => (
        <Place key={nameOf(bar)} host={hostOf(nameOf(bar))} className="alarms-own" />
      ))}
      {[...shown, ...kept].map((bar) =>
        createPortal(bar === shown[0] ? bar.full : bar.line, hostOf(nameOf(bar)), nameOf(bar)),
      )}
      {more <= 0 ? null : (
        <button type="button" className="alarms-more" aria-expanded={open} onClick={() => setOpen(!open)}>
          {open ? t("urgent.fewer") : t("urgent.more", { n: more })}
          {oldest === null ? null : (
            <>
              {" · "}
              <Age since={oldest} label="urgent.oldest" />
            </>
          )}{" "}
          <kbd>F7</kbd>
        </button>
      )}
      {children}
    </section>
  );
}

/**
 * One bar over every screen of the desk: urgent pushes to sign, pushes that do not leave, numbers to dial, steps owed, news, in
 * that order. Driven by the stream and by a poll; it sounds until everything is signed. What is folded away is not reported as shown.
 */
export function AlarmBar(): ReactNode {
  const { session } = useSeat();
  const alarms = useQuery(alarmsQuery).data?.rows ?? [];
  const [seen, setSeen] = useState<ReadonlySet<string>>(new Set());
  const urgent: readonly (Entry & { readonly alarm: AlarmView })[] = alarms
    .filter((alarm) => alarm.kind === "urgentPush")
    .map((alarm) => ({ kind: "urgent", key: `${alarm.subject} ${alarm.level}`, at: alarm.raisedAt, alarm }));
  const top = worstFirst(urgent)[0];
  const { onSign, error } = useSigning(top?.alarm);
  const news = useArrivals();
  useTitle(urgent.length, news.waiting);
  const { pushes } = useDanger();
  const isOver = useOver();
  const owed = owedSteps(alarms).map((alarm) => ({ alarm, push: pushOf(alarm, pushes), over: isOver(alarm) }));
  const dials = groupDials(alarms).map((group) => ({
    group,
    key: `${group.subject} ${group.dial}`,
    at: group.alarms[0]?.raisedAt ?? "",
  }));
  const keyed = useKeyedDial(dials);
  const bars: readonly Bar[] = [
    ...urgent.map(({ alarm, ...entry }) => ({
      ...entry,
      full: <UrgentItem alarm={alarm} first={alarm === top?.alarm} compact={false} onSign={onSign} />,
      line: <UrgentItem alarm={alarm} first={alarm === top?.alarm} compact onSign={onSign} />,
    })),
    ...dials.map(
      ({ group, key, at }): Bar => ({
        kind: "dial",
        key,
        at,
        full: <DialItem group={group} compact={false} keyed={key === keyed} />,
        line: <DialItem group={group} compact keyed={key === keyed} />,
      }),
    ),
    ...owed.map(
      ({ alarm, push, over }): Bar => ({
        kind: "owed",
        key: `${alarm.kind} ${alarm.subject}`,
        at: alarm.raisedAt,
        over,
        ...(push === null ? {} : { pushedAt: push.at }),
        ...same(<OwedItem alarm={alarm} push={push} over={over} />),
      }),
    ),
    ...usePushNews()
      .filter((push) => !seen.has(push.cursor))
      .map(
        (push): Bar => ({
          kind: "news",
          key: push.cursor,
          at: push.at,
          ...same(<NewsItem push={push} onSeen={() => setSeen(new Set([...seen, push.cursor]))} />),
        }),
      ),
    ...usePushBars(owed.flatMap(({ push }) => (push === null ? [] : [push.id]))),
  ];
  return (
    <>
      <Sound ringing={urgent.length > 0} heard={news.heard} onDuty={session.onDuty} />
      <Bars bars={bars}>{error === null ? null : <ProblemNote error={error} />}</Bars>
      <ArrivalBar news={news} />
      <ToldBar alarms={alarms} dangers={bars.length} />
      <RingBar alarms={alarms} dangers={bars.length} />
    </>
  );
}

/** The same for who has no desk: what became of the pushes made here. */
export function PushBar(): ReactNode {
  return <Bars bars={usePushBars()} />;
}
