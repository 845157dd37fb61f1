import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { AlarmView } from "../../../src/http/contract/index.ts";
import { Glyph } from "../../shared/design/glyph.tsx";
import { useText } from "../../shared/i18n/text.tsx";
import { CallOutcome } from "./dial-bar.tsx";
import { silentUnits } from "./silent-units.ts";
import { tailOf } from "./which.tsx";

function Ring({ alarm }: { readonly alarm: AlarmView }): ReactNode {
  const { t, code, named } = useText();
  const { dial, rings, requestNo: no } = alarm;
  const whose = rings === undefined ? "" : named(rings);
  return (
    <li className="ring">
      <span className="ring-what">
        <Glyph name="phone" size={16} /> {code("alarm", alarm.kind)}
        {no === null ? null : (
          <Link to="/requests/$no" params={{ no }} className="number" title={no}>
            {t("which.tail", { tail: tailOf(no) })}
          </Link>
        )}
        {alarm.level > 1 ? <span className="aside">{t("rings.next", { n: alarm.level - 1 })}</span> : null}
      </span>
      <a className="number ring-number" href={`tel:${dial}`}>
        {whose} {dial}
      </a>
      <CallOutcome group={{ subject: alarm.subject, dial, alarms: [alarm] }} />
    </li>
  );
}

/**
 * Units that have not taken up their orders, each with the number to ring now and whose it is. What nobody answers comes back with the
 * next number of the order. It is no alarm: it stands below the bar of dangers and only while that is empty. @source yn:4.1.2 @req REQ-34
 */
export function RingBar({
  alarms,
  dangers,
}: {
  readonly alarms: readonly AlarmView[];
  readonly dangers: number;
}): ReactNode {
  const { t } = useText();
  const { shown, more } = silentUnits(alarms, dangers);
  if (shown.length === 0) return null;
  return (
    <section className="rings" aria-label={t("rings.title")}>
      <ul>
        {/* A further number is another call: what was typed for the one before is not its outcome. */}
        {shown.map((alarm) => (
          <Ring key={`${alarm.subject} ${alarm.level}`} alarm={alarm} />
        ))}
      </ul>
      {more === 0 ? null : <p className="aside">{t("rings.more", { n: more })}</p>}
    </section>
  );
}
