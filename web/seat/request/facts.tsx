import type { ReactNode } from "react";
import type { Meta, RequestView } from "../../../src/http/contract/index.ts";
import { Badge } from "../../shared/design/glyph.tsx";
import { useText } from "../../shared/i18n/text.tsx";
import { deskOf, nameIn } from "../../shared/list-names.ts";
import { formatAge, formatTime, useNow } from "../../shared/time.ts";
import { SealedValue } from "./reveal.tsx";
import { ToldNote, toldOf } from "./told.tsx";

const PERSONAL = ["requester.phone", "requester.name", "requester.contact", "address"] as const;

/** One fact: its name and what is known. */
function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }): ReactNode {
  return (
    <div className="fact">
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** How long ago, counting on while the request stands open. */
function Ago({ since }: { readonly since: string }): ReactNode {
  const { t } = useText();
  const now = useNow(10_000);
  const age = formatAge(t, since, now);
  return <span className="aside ago">{age === t("time.now") ? age : t("time.ago", { time: age })}</span>;
}

/** Who, where, what kind: personal values masked until somebody gives a reason; what the other desk told stands beside. */
export function Facts({ request, meta }: { readonly request: RequestView; readonly meta: Meta }): ReactNode {
  const { t, code, named } = useText();
  const none = <span className="none">{t("app.none")}</span>;
  const first = deskOf(meta, request.firstReceiver.nodeCode);
  const coded = [
    ["requestKind", nameIn(meta.lists.requestKinds, request.requestKind, named)],
    ["field", nameIn(meta.lists.fields, request.field, named)],
    ["requesterType", nameIn(meta.lists.requesterTypes, request.requesterType, named)],
    ["channel", nameIn(meta.lists.channels, request.channel, named)],
  ] as const;
  return (
    <dl className="facts">
      {PERSONAL.map((field) => {
        const view = request.fields[field];
        if (view === undefined && field === "requester.contact") return null;
        return (
          <Fact key={field} name={code("field", field)}>
            {view === undefined ? none : <SealedValue no={request.requestNo} field={field} view={view} />}
          </Fact>
        );
      })}
      <Fact name={t("fact.place")}>
        {request.placeName === null ? none : <span lang="zh-CN">{request.placeName}</span>}
        <ToldNote told={toldOf(request, "place")} own={request.place} meta={meta} />
      </Fact>
      {coded.map(([name, value]) => (
        <Fact key={name} name={code("fact", name)}>
          {value ?? none}
          <ToldNote told={toldOf(request, name)} own={request[name]} meta={meta} />
        </Fact>
      ))}
      {toldOf(request, "confidential") === undefined ? null : (
        <Fact name={code("fact", "confidential")}>
          {code("app", request.confidential ? "yes" : "no")}
          <ToldNote told={toldOf(request, "confidential")} own={request.confidential} meta={meta} />
        </Fact>
      )}
      <Fact name={t("request.registeredAt")}>
        {formatTime(request.registeredAt)} <Ago since={request.registeredAt} />
      </Fact>
      <Fact name={t("request.firstReceiver")}>
        {first === null ? request.firstReceiver.nodeCode : code("sideName", first)}{" "}
        {request.origin === "linkage" ? <Badge glyph="in">{t("request.origin.linkage")}</Badge> : null}
        {request.confidential ? (
          <Badge tone="warn" glyph="lock">
            {t("request.confidential")}
          </Badge>
        ) : null}
      </Fact>
    </dl>
  );
}
