import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import type { ReactNode } from "react";
import type { AgreementBoard } from "../../src/http/contract/index.ts";
import { ApiFailure } from "../shared/api/client.ts";
import { agreementQuery, metaQuery } from "../shared/api/reads.ts";
import { Badge } from "../shared/design/glyph.tsx";
import type { GlyphName, Tone } from "../shared/design/glyph.tsx";
import { Bones, Empty, ProblemNote } from "../shared/design/states.tsx";
import { useText } from "../shared/i18n/text.tsx";
import { deskOf } from "../shared/list-names.ts";
import { formatTime, useNow } from "../shared/time.ts";
import { VersionDetail } from "./version-detail.tsx";

type Version = AgreementBoard["versions"][number];
type WithPeer = Version["with"][number];

const LOOKS = {
  draft: ["plain", "ring"],
  approvedHere: ["info", "half"],
  approvedThere: ["warn", "half"],
  agreed: ["accent", "check"],
  inEffect: ["ok", "check"],
  superseded: ["plain", "back"],
} as const satisfies Record<WithPeer["state"], readonly [Tone, GlyphName]>;

/** A desk by what people call it, with its code. */
function usePeerName(): (node: string) => string {
  const { code } = useText();
  const meta = useQuery(metaQuery).data;
  return (node) => {
    const desk = deskOf(meta, node);
    return desk === null ? node : `${code("sideName", desk)} · ${node}`;
  };
}

function InForce({ board }: { readonly board: AgreementBoard }): ReactNode {
  const { t } = useText();
  const now = useNow(60_000);
  const { inForce } = board;
  return (
    <section className="panel" aria-labelledby="in-force">
      <h2 id="in-force">{t("agreement.inForce")}</h2>
      {inForce === null ? (
        <Empty title={t("agreement.nothing")} />
      ) : (
        <p className="agreement-line">
          <b className="number">{inForce.version}</b>
          {inForce.since === null ? null : <span>{t("agreement.since", { at: formatTime(inForce.since, now) })}</span>}
          <Badge
            tone={inForce.signedBy.length === 0 ? "plain" : "ok"}
            glyph={inForce.signedBy.length === 0 ? "ring" : "check"}
          >
            {t(inForce.signedBy.length === 0 ? "agreement.byPlan" : "agreement.byBoth")}
          </Badge>
        </p>
      )}
    </section>
  );
}

/** When a desk signed, who decided so here, and whether the other desk has it. */
function Signed({ sign }: { readonly sign: WithPeer["here"] | WithPeer["there"] }): ReactNode {
  const { t } = useText();
  const now = useNow(60_000);
  if (sign === null) return <span className="aside">{t("agreement.unsigned")}</span>;
  return (
    <>
      <time dateTime={sign.at}>{formatTime(sign.at, now)}</time>
      {"by" in sign && sign.by !== null ? <span> {sign.by}</span> : null}
      {"held" in sign ? (
        <span className="aside"> {t(sign.held ? "agreement.delivered" : "agreement.onItsWay")}</span>
      ) : null}
    </>
  );
}

/** Where what a version would change is shown, below the table of one other desk. */
function detailId(peer: string): string {
  return `detail-${peer}`;
}

function isSignable({ refusal }: Version, { here }: WithPeer): boolean {
  return here === null && refusal === null;
}

const HEADS = ["version", "validFrom", "state", "here", "there", "act"] as const;

function VersionRow({
  version,
  pair,
  peerName,
  open,
  onOpen,
}: {
  readonly version: Version;
  readonly pair: WithPeer;
  readonly peerName: string;
  readonly open: boolean;
  readonly onOpen: (open: boolean) => void;
}): ReactNode {
  const { t, code } = useText();
  const [tone, glyph] = LOOKS[pair.state];
  const signable = isSignable(version, pair);
  const words = t(open ? "agreement.close" : signable ? "agreement.look" : "agreement.compare");
  return (
    <tr>
      <th scope="row">
        <span className="number">{version.version}</span>
        {version.base === null ? null : <span className="aside"> {t("agreement.base", { base: version.base })}</span>}
        {version.fetchedFrom === null ? null : <span className="aside"> {t("agreement.fetched")}</span>}
      </th>
      <td className="number">{version.validFrom}</td>
      <td>
        <Badge tone={tone} glyph={glyph}>
          {code("agreementState", pair.state)}
        </Badge>
      </td>
      <td>
        <Signed sign={pair.here} />
      </td>
      <td>
        <Signed sign={pair.there} />
      </td>
      <td>
        <button
          type="button"
          className={signable && !open && pair.state === "approvedThere" ? "button small primary" : "button small"}
          aria-expanded={open}
          aria-controls={detailId(pair.peer)}
          aria-label={`${words} ${version.version} ${peerName}`}
          onClick={() => onOpen(!open)}
        >
          {words}
        </button>
      </td>
    </tr>
  );
}

function PeerPanel({ board, peer }: { readonly board: AgreementBoard; readonly peer: string }): ReactNode {
  const { t } = useText();
  const peerName = usePeerName()(peer);
  const [open, setOpen] = useState<string | null>(null);
  const title = t("agreement.with", { peer: peerName });
  const shown = board.versions.find(({ version }) => version === open);
  const pair = shown?.with.find((one) => one.peer === peer);
  return (
    <section className="panel" aria-label={title}>
      <h2>{title}</h2>
      {/* Keyboards must be able to scroll a wide table. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <section className="table" tabIndex={0} aria-label={title}>
        <table>
          <thead>
            <tr>
              {HEADS.map((head) => (
                <th key={head} scope="col">
                  {t(`agreement.${head}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {board.versions.flatMap((version) =>
              version.with
                .filter((pair) => pair.peer === peer)
                .map((pair) => (
                  <VersionRow
                    key={version.version}
                    version={version}
                    pair={pair}
                    peerName={peerName}
                    open={open === version.version}
                    onOpen={(wanted) => setOpen(wanted ? version.version : null)}
                  />
                )),
            )}
          </tbody>
        </table>
      </section>
      <div id={detailId(peer)}>
        {shown === undefined || pair === undefined ? null : (
          <VersionDetail
            key={shown.version}
            version={shown}
            peer={peer}
            peerName={peerName}
            signable={isSignable(shown, pair)}
          />
        )}
      </div>
    </section>
  );
}

/** What is not kept here: signed by another desk, or asked of one. */
function NotHere({ board }: { readonly board: AgreementBoard }): ReactNode {
  const { t } = useText();
  const now = useNow(60_000);
  const peerName = usePeerName();
  if (board.elsewhere.length === 0 && board.wanted.length === 0) return null;
  return (
    <>
      {board.elsewhere.length === 0 ? null : (
        <section className="panel" aria-label={t("agreement.elsewhere")}>
          <h2>{t("agreement.elsewhere")}</h2>
          <ul className="agreement-list">
            {board.elsewhere.map(({ version, digest, peer, at, why }) => (
              <li key={`${version} ${digest} ${peer}`}>
                <b className="number">{version}</b> {peerName(peer)} {formatTime(at, now)}{" "}
                <span className="aside">{t(`agreement.${why}`)}</span> <code>{digest.slice(0, 16)}</code>
              </li>
            ))}
          </ul>
        </section>
      )}
      {board.wanted.length === 0 ? null : (
        <section className="panel" aria-label={t("agreement.wanted")}>
          <h2>{t("agreement.wanted")}</h2>
          <ul className="agreement-list">
            {board.wanted.map(({ version, peer, tries, nextAt, problems }) => (
              <li key={`${version} ${peer}`}>
                <b className="number">{version}</b> {peerName(peer)}{" "}
                {nextAt === null
                  ? t("agreement.aside")
                  : t("agreement.tries", { n: tries, at: formatTime(nextAt, now) })}
                {problems.map(({ file, row, code, detail }) => (
                  <p key={`${file} ${row} ${code} ${detail}`} className="aside">
                    {file} {row} {code} {detail}
                  </p>
                ))}
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

/** For whoever signs the catalogue: what is in force, what is proposed, who has signed, what would change. @req REQ-20 */
export function Agreement(): ReactNode {
  const { t } = useText();
  const query = useQuery(agreementQuery);
  const board = query.data;
  const forbidden = query.error instanceof ApiFailure && query.error.status === 403;
  const peers = [...new Set(board?.versions.flatMap((version) => version.with.map((pair) => pair.peer)))];
  return (
    <div className="supervision">
      <h1>{t("agreement.title")}</h1>
      <p>
        <Link to="/supervision">{t("supervision.title")}</Link>
      </p>
      <p className="aside">{t("agreement.what")}</p>
      {query.isPending ? <Bones rows={2} /> : null}
      {forbidden ? <Empty title={t("supervision.notAllowed")} /> : null}
      {query.isError && !forbidden ? <ProblemNote error={query.error} onRetry={() => void query.refetch()} /> : null}
      {board === undefined ? null : (
        <>
          <InForce board={board} />
          {peers.length === 0 ? <Empty title={t("agreement.noPeers")} /> : null}
          {peers.map((peer) => (
            <PeerPanel key={peer} board={board} peer={peer} />
          ))}
          <NotHere board={board} />
        </>
      )}
    </div>
  );
}
