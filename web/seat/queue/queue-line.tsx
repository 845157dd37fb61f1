import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { Static } from "typebox";
import type { QueueRow } from "../../../src/http/contract/index.ts";
import { Badge } from "../../shared/design/glyph.tsx";
import { useText } from "../../shared/i18n/text.tsx";
import { formatAge, formatTime, useNow } from "../../shared/time.ts";
import { DueLine } from "./due-line.tsx";
import { DangerBadge, HoldingBadge } from "./row-marks.tsx";

/** One request in the queue: whose matter, what, where, since when. */
export function QueueLine({
  row,
  open,
  current,
  arrived,
  drafted,
  unsigned,
}: {
  readonly row: Static<typeof QueueRow>;
  readonly open: boolean;
  readonly current: boolean;
  readonly arrived: boolean;
  /** Whether somebody at this seat left a form of it half written. */
  readonly drafted: boolean;
  /** Whether somebody here must sign an urgent push of it. */
  readonly unsigned: boolean;
}): ReactNode {
  const { t, language } = useText();
  const now = useNow(30_000);
  const matter = (language === "zh" ? row.itemName : row.itemNameEn) ?? t("queue.noItem");
  return (
    <li>
      <Link
        to="/requests/$no"
        params={{ no: row.requestNo }}
        data-no={row.requestNo}
        tabIndex={current ? 0 : -1}
        className={["line", open ? "open" : "", row.dangerOpen ? "hot" : "", arrived ? "arrived" : ""].join(" ")}
      >
        <span className="line-top">
          <DangerBadge danger={row.dangerOpen} open={row.dangerOpen} />
          <b className={row.itemName === null ? "line-matter none" : "line-matter"}>{matter}</b>
          <time dateTime={row.registeredAt} title={formatTime(row.registeredAt, now)}>
            {formatAge(t, row.registeredAt, now)}
          </time>
        </span>
        <span className="line-said">{row.summary === "" ? t("queue.noText") : row.summary}</span>
        <span className="line-marks">
          {arrived ? (
            <Badge tone="accent" glyph="dot">
              {t("queue.new")}
            </Badge>
          ) : null}
          {unsigned ? (
            <Badge tone="danger-soft" glyph="ring">
              {t("queue.unsigned")}
            </Badge>
          ) : null}
          {row.dangerOpen ? null : <DangerBadge danger={row.danger} open={false} />}
          <HoldingBadge row={row} />
          {(row.additionsUnread ?? 0) === 0 ? null : (
            <Badge tone="warn" glyph="in">
              {t("queue.unread", { n: row.additionsUnread ?? 0 })}
            </Badge>
          )}
          <DueLine due={row.due} now={now} />
          {drafted ? (
            <Badge tone="warn" glyph="clock">
              {t("draft.mark")}
            </Badge>
          ) : null}
          <span className="line-place">{row.placeName ?? t("queue.noPlace")}</span>
        </span>
      </Link>
    </li>
  );
}
