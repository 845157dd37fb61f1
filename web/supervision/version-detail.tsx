import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import type { ReactNode } from "react";
import type { AgreementBoard, VersionChanges } from "../../src/http/contract/index.ts";
import { callApi } from "../shared/api/client.ts";
import { APPROVE_PATH } from "../shared/api/paths.ts";
import { agreementQuery, versionChangesQuery } from "../shared/api/reads.ts";
import { Badge } from "../shared/design/glyph.tsx";
import type { Tone } from "../shared/design/glyph.tsx";
import { Bones, ProblemNote } from "../shared/design/states.tsx";
import { useText } from "../shared/i18n/text.tsx";

type Version = AgreementBoard["versions"][number];
type Change = VersionChanges["rows"][number];

const TONES = { added: "ok", removed: "warn", ended: "warn", changed: "info" } as const satisfies Record<
  Change["kind"],
  Tone
>;

/** One row that differs: what happened to it, by which paper, and field by field what stood and what stands. */
function ChangeLine({ change }: { readonly change: Change }): ReactNode {
  const { t, code, named } = useText();
  // Values of a list have words; whatever else stands in a row is shown as it stands.
  const valueOf = (field: string, value: string): string =>
    code(field === "side" || field === "mode" ? field : "catalogueValue", value);
  return (
    <li>
      <Badge tone={TONES[change.kind]}>{code("changeKind", change.kind)}</Badge>{" "}
      <span className="aside">{code("catalogueList", change.list)}</span> <b className="number">{change.code}</b>{" "}
      <span>{named(change)}</span>
      {change.document === null ? null : (
        <span className="aside">
          {" "}
          {t("catalogueField.document")} {change.document}
        </span>
      )}
      {change.fields.length === 0 ? null : (
        <dl className="agreement-fields">
          {change.fields.map(({ field, from, to }) => (
            <div key={field}>
              <dt>{code("catalogueField", field)}</dt>
              <dd>
                <del>{valueOf(field, from)}</del> → <ins>{valueOf(field, to)}</ins>
              </dd>
            </div>
          ))}
        </dl>
      )}
    </li>
  );
}

/** What a version would change, its digest, and the signature under it, which asks once more because it stays. */
export function VersionDetail({
  version,
  peer,
  peerName,
  signable,
}: {
  readonly version: Version;
  readonly peer: string;
  readonly peerName: string;
  readonly signable: boolean;
}): ReactNode {
  const { t } = useText();
  const changes = useQuery(versionChangesQuery(version.version));
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  // Once signed, the word that it is stays until the person closes this.
  const [offered] = useState(signable);
  const { data } = changes;
  return (
    <div className="agreement-detail">
      <h3 ref={heading} tabIndex={-1}>
        {data === undefined
          ? version.version
          : t("agreement.changes", { from: data.from, to: data.to, n: data.rows.length + data.more })}
      </h3>
      {version.kept === "inForce" ? <p>{t("agreement.isInForce")}</p> : null}
      {changes.isPending ? <Bones rows={1} /> : null}
      {changes.isError ? <ProblemNote error={changes.error} onRetry={() => void changes.refetch()} /> : null}
      {data !== undefined && data.rows.length === 0 && version.kept !== "inForce" ? <p>{t("agreement.same")}</p> : null}
      {data === undefined || data.rows.length === 0 ? null : (
        <ul className="agreement-list">
          {data.rows.map((change) => (
            <ChangeLine key={`${change.list} ${change.code}`} change={change} />
          ))}
        </ul>
      )}
      {data === undefined || data.more === 0 ? null : <p>{t("agreement.more", { n: data.more })}</p>}
      <p>
        {t("agreement.digest")} <code>{version.digest}</code>
      </p>
      {version.refusal === null ? null : <p>{t(`agreement.refused.${version.refusal}`)}</p>}
      {data === undefined || !offered ? null : <Sign version={version} peer={peer} peerName={peerName} />}
    </div>
  );
}

/** Takes the focus of the button that is gone. */
function SignedNote({ version }: { readonly version: string }): ReactNode {
  const { t } = useText();
  const note = useRef<HTMLOutputElement>(null);
  useEffect(() => note.current?.focus(), []);
  return (
    <output ref={note} tabIndex={-1} className="notice info">
      {t("agreement.signed", { version })}
    </output>
  );
}

function Sign({
  version: { version, digest },
  peer,
  peerName,
}: {
  readonly version: Version;
  readonly peer: string;
  readonly peerName: string;
}): ReactNode {
  const { t } = useText();
  const client = useQueryClient();
  const [asked, setAsked] = useState(false);
  const sure = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (asked) sure.current?.focus();
  }, [asked]);
  const sign = useMutation({
    networkMode: "always",
    mutationFn: () => callApi(APPROVE_PATH, { method: "POST", body: { version, digest, peer } }),
    onSettled: () => client.invalidateQueries({ queryKey: agreementQuery.queryKey }),
  });
  if (sign.isSuccess) return <SignedNote version={version} />;
  return (
    <div className="agreement-sign">
      {asked ? <p>{t("agreement.signWhat", { peer: peerName })}</p> : null}
      {sign.isError ? <ProblemNote error={sign.error} /> : null}
      {asked ? (
        <>
          <button
            ref={sure}
            type="button"
            className="button primary"
            disabled={sign.isPending}
            onClick={() => sign.mutate()}
          >
            {t("agreement.signSure")}
          </button>{" "}
          <button type="button" className="button quiet" disabled={sign.isPending} onClick={() => setAsked(false)}>
            {t("app.cancel")}
          </button>
        </>
      ) : (
        <button type="button" className="button" onClick={() => setAsked(true)}>
          {t("agreement.sign", { version })}
        </button>
      )}
    </div>
  );
}
