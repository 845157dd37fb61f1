import type { ReactNode } from "react";
import type { CommandName, Meta, RequestView } from "../../../src/http/contract/index.ts";
import { isCommandName } from "../../shared/api/paths.ts";
import { ClockNote } from "../../shared/design/clock-note.tsx";
import { DueMark } from "../../shared/design/due-mark.tsx";
import { FoldText } from "../../shared/design/fold-text.tsx";
import { Badge } from "../../shared/design/glyph.tsx";
import type { GlyphName, Tone } from "../../shared/design/glyph.tsx";
import { DueWhy } from "../../shared/explain/due-why.tsx";
import { useText } from "../../shared/i18n/text.tsx";
import { nameIn } from "../../shared/list-names.ts";
import { formatTime } from "../../shared/time.ts";
import { OthersMay } from "./actions/others-may.tsx";
import type { OrderView } from "./contract-types.ts";

const LOOKS: Readonly<Record<OrderView["status"], { readonly tone: Tone; readonly glyph: GlyphName }>> = {
  dispatched: { tone: "warn", glyph: "clock" },
  acknowledged: { tone: "info", glyph: "half" },
  arrived: { tone: "info", glyph: "dot" },
  replied: { tone: "ok", glyph: "check" },
  recalled: { tone: "plain", glyph: "cross" },
};

/** Where an order stands: shape and word. */
export function OrderBadge({ status }: { readonly status: OrderView["status"] }): ReactNode {
  const { code } = useText();
  const look = LOOKS[status];
  return (
    <Badge tone={look.tone} glyph={look.glyph}>
      {code("orderStatus", status)}
    </Badge>
  );
}

/** Orders sent out for the request, with what the units answered. */
export function Orders({
  request,
  meta,
  busy,
  ask,
}: {
  readonly request: RequestView;
  readonly meta: Meta;
  readonly busy: boolean;
  readonly ask: (name: CommandName, subject: string) => void;
}): ReactNode {
  const { t, code, named } = useText();
  if (request.orders.length === 0) return null;
  return (
    <section className="block" aria-labelledby="orders">
      <h2 id="orders">{t("request.orders")}</h2>
      <ul className="cards">
        {request.orders.map((order) => {
          const commands = order.allowed.filter(isCommandName).filter((name) => name !== "orderDanger");
          return (
            <li key={order.id} className="card">
              <p className="card-line">
                <b lang="zh-CN">{order.unitName}</b>
                <span>
                  {code("orderKind", order.kind)} · {code("orderRole", order.role)}
                </span>
                <OrderBadge status={order.status} />
                <DueMark due={order.due} />
                <span className="aside">
                  {formatTime(order.endedAt ?? order.arrivedAt ?? order.acknowledgedAt ?? order.dispatchedAt)}
                </span>
              </p>
              <DueWhy due={order.due} />
              <ClockNote clock={order.clock} />
              {order.instruction?.value === undefined || order.instruction.value === null ? null : (
                <p className="quiet-text">{order.instruction.value}</p>
              )}
              {order.reply?.value === undefined || order.reply.value === null ? null : (
                <div className="answer">
                  <span className="aside">{nameIn(meta.lists.resolutions, order.resolution, named)}</span>
                  <FoldText text={order.reply.value} />
                </div>
              )}
              {commands.length === 0 ? null : (
                <fieldset className="card-acts" aria-label={order.unitName}>
                  {commands.map((name) => (
                    <button
                      key={name}
                      type="button"
                      className="button small"
                      disabled={busy}
                      onClick={() => ask(name, order.id)}
                    >
                      {code("command", name)}
                    </button>
                  ))}
                </fieldset>
              )}
              <OthersMay open={order.forOthers} only={["recall"]} />
            </li>
          );
        })}
      </ul>
    </section>
  );
}
