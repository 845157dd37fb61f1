import type { Deps } from "../../app/deps.ts";
import type { AlarmCount, PeerFigures } from "../../app/ports/queries.ts";
import { allStanding, peerFiguresNow } from "../../app/read-standing.ts";
import type { PeerFiguresNow, StandingLine } from "../../app/read-standing.ts";
import type { MetricFamily, MetricSample, MetricsAccess } from "../../http/index.ts";
import { msBetween } from "../../kernel/index.ts";
import type { Instant } from "../../kernel/index.ts";

/** Levels above it are told as this one: the number of series must not grow with how long something stands. */
const HIGHEST_LEVEL = 9;

/** What the configuration says of who may read the figures; absent = programs on this machine at a demonstration, else nobody. */
export function metricsAccess(setting: string | undefined, demo: boolean): MetricsAccess {
  if (setting === undefined) return demo ? "loopback" : "off";
  return setting === "off" || setting === "loopback" ? setting : { token: setting };
}

type Known = {
  readonly peers: PeerFiguresNow;
  readonly standing: readonly StandingLine[];
  readonly alarms: readonly AlarmCount[];
  readonly links: readonly { readonly peer: string; readonly up: boolean }[];
};

/** The figures of this node as they are now. */
export async function readMetrics(deps: Deps, links: () => Promise<Known["links"]>): Promise<readonly MetricFamily[]> {
  const [peers, standing, alarms, up] = await Promise.all([
    peerFiguresNow(deps),
    allStanding(deps),
    deps.queries.alarmCounts(),
    links(),
  ]);
  return familiesOf({ peers, standing, alarms, links: up });
}

type Figure = {
  readonly name: string;
  readonly help: string;
  /** null = there is none, and so no number. */
  readonly value: (row: PeerFigures, at: Instant) => number | null;
  /** Only of this lane; absent = of both. */
  readonly lane?: PeerFigures["lane"];
};

const age = (since: Instant | null, at: Instant): number =>
  since === null ? 0 : Math.max(0, msBetween(since, at)) / 1_000;
const seconds = (ms: number | null): number | null => (ms === null ? null : ms / 1_000);

// biome-ignore format: a table is read one row a line
const FIGURES: readonly Figure[] = [
  { name: "liandong_outbox_unsent", help: "Messages that the peer has not receipted.", value: (row) => row.unsent },
  { name: "liandong_outbox_oldest_unsent_seconds", help: "Age of the oldest of them; 0 without one.", value: (row, at) => age(row.oldestUnsentAt, at) },
  { name: "liandong_outbox_dead", help: "Messages given up: a person must look at them.", value: (row) => row.dead },
  { name: "liandong_hand_overs_unanswered", help: "Hand-overs that the peer has neither taken over nor given back.", value: (row) => row.unanswered },
  { name: "liandong_hand_overs_oldest_unanswered_seconds", help: "Age of the oldest of them; 0 without one.", value: (row, at) => age(row.oldestUnansweredAt, at) },
  { name: "liandong_receipts", help: "Receipts of messages written in the last 24 hours, of the newest 20000.", value: (row) => row.receipts.of },
  { name: "liandong_receipt_median_seconds", help: "Half of them took no longer.", value: (row) => seconds(row.receipts.medianMs) },
  { name: "liandong_receipt_p90_seconds", help: "Nine of ten of them took no longer.", value: (row) => seconds(row.receipts.p90Ms) },
  { name: "liandong_answers", help: "Answers to hand-overs opened in the last 7 days, of the newest 20000.", value: (row) => row.answers.of },
  { name: "liandong_answer_median_seconds", help: "Half of them took no longer.", value: (row) => seconds(row.answers.medianMs) },
  { name: "liandong_answer_p90_seconds", help: "Nine of ten of them took no longer.", value: (row) => seconds(row.answers.p90Ms) },
  { name: "liandong_hand_overs_returned", help: "Hand-overs of the last 7 days that the peer gave back.", value: (row) => row.returned, lane: "ordinary" },
  { name: "liandong_requests_bounced", help: "Requests of the last 7 days that came back from the peer more than once or were handed back.", value: (row) => row.bounced, lane: "ordinary" },
];

/** The figures as families: labels are codes of peers, lanes, kinds and levels alone. @source nmg:2.3.1 @source nmg:2.3.2 */
export function familiesOf({ peers, standing, alarms, links }: Known): readonly MetricFamily[] {
  return [
    {
      name: "liandong_link_up",
      help: "1 = the last try to reach the peer succeeded.",
      samples: links.map(({ peer, up }) => ({ labels: { peer }, value: up ? 1 : 0 })),
    },
    ...FIGURES.map(({ name, help, value, lane }) => ({
      name,
      help,
      samples: peers.rows.flatMap((row): readonly MetricSample[] => {
        const figure = lane === undefined || lane === row.lane ? value(row, peers.at) : null;
        return figure === null ? [] : [{ labels: { peer: row.peer, lane: row.lane }, value: figure }];
      }),
    })),
    {
      name: "liandong_hand_overs_standing",
      help: "Hand-overs that stand still past their time, by what is waited for; 2000 = so many or more.",
      samples: counted(
        standing.map(({ peer, part, act, level }) => {
          const lane = part === "danger" ? "urgent" : "ordinary";
          return [{ peer, lane, kind: act, level: levelOf(level) }, 1] as const;
        }),
      ),
    },
    {
      name: "liandong_alarms",
      help: "Red marks that stand.",
      samples: counted(alarms.map(({ kind, level, of }) => [{ kind, level: levelOf(level) }, of] as const)),
    },
  ];
}

function levelOf(level: number): string {
  return String(Math.min(level, HIGHEST_LEVEL));
}

/** One sample a set of labels. */
function counted(rows: readonly (readonly [MetricSample["labels"], number])[]): readonly MetricSample[] {
  const sums = new Map<string, MetricSample>();
  for (const [labels, of] of rows) {
    const key = JSON.stringify(labels);
    sums.set(key, { labels, value: (sums.get(key)?.value ?? 0) + of });
  }
  return [...sums.values()];
}
