import type { Account, Side } from "../client/accounts.ts";
import { listen } from "../client/live-stream.ts";
import type { Frame } from "../client/live-stream.ts";
import { listOf, parseObject, textOf } from "../client/json.ts";
import type { Json } from "../client/json.ts";
import { createSession } from "../client/session.ts";
import type { Answer, Call, Session } from "../client/session.ts";
import type { Role } from "./step.ts";
import { timed } from "./tally.ts";
import type { Tally } from "./tally.ts";

/** The people of one desk, logged in: several sessions a role, used in turn. */
export type Team = {
  readonly side: Side;
  readonly url: string;
  readonly clerks: readonly { readonly unit: string; readonly session: Session }[];
  /** Somebody of the role who is free first. */
  readonly somebody: (role: Role) => Session;
  /** Somebody else of the role; the same person again where there is only one. */
  readonly somebodyElse: (role: Role, not: Session) => Session;
  readonly read: (path: string) => Promise<Json | null>;
  /** All sessions that hear the live stream. */
  readonly everybody: readonly Session[];
};

/** Logs everybody in. Call takers go on duty: only then can an urgent push reach the desk. */
export async function gatherTeam(
  side: Side,
  url: string,
  accounts: readonly Account[],
  seats: number,
  tally: Tally,
): Promise<Team> {
  const own = accounts.filter((account) => account.node === side);
  const logIn = (account: Account): Session => createSession({ ...account, url });
  const desk = new Map<Role, Session[]>();
  for (const role of ["callTaker", "dispatcher"] as const) {
    const able = own.filter((account) => canBe(account, role));
    if (able.length === 0) throw new Error(`no account of ${side} may work as ${role}`);
    const all = able.flatMap((account) => Array.from({ length: seats }, () => logIn(account)));
    desk.set(role, all);
  }
  const clerks = own.flatMap((a) =>
    a.roles.includes("unitClerk") && a.unit !== null ? [{ unit: a.unit, session: logIn(a) }] : [],
  );
  const turn = new Map<Role, number>();
  const somebody = (role: Role): Session => {
    const list = desk.get(role) ?? [];
    const at = (turn.get(role) ?? 0) % list.length;
    turn.set(role, at + 1);
    const session = list[at];
    if (session === undefined) throw new Error(`nobody of ${side} is ${role}`);
    return session;
  };
  const callTakers = desk.get("callTaker") ?? [];
  const everybody = [...callTakers, ...(desk.get("dispatcher") ?? [])];
  for (const session of callTakers)
    await session.call({ method: "PUT", path: "/session/duty", body: { onDuty: true } });
  return {
    side,
    url,
    clerks,
    everybody,
    somebody,
    somebodyElse: (role, not) => {
      const next = somebody(role);
      return next === not ? somebody(role) : next;
    },
    read: async (path) => {
      const answer = await timed(tally, "read", () => somebody("dispatcher").call({ method: "GET", path }));
      return answer.code === null ? answer.body : null;
    },
  };
}

function canBe(account: Account, role: "callTaker" | "dispatcher"): boolean {
  if (account.roles.includes(role)) return true;
  return role === "dispatcher" ? account.roles.includes("supervisor") : account.roles.includes("dispatcher");
}

/** One call of one person, with the time it took. */
export function give(tally: Tally, session: Session, kind: string, call: Call): Promise<Answer> {
  return timed(tally, kind, () => session.call(call));
}

/** Follows the live stream of some people; one stream each. */
export function followStreams(
  sessions: readonly Session[],
  onFrame: (frame: Frame) => void,
  onReset: () => void,
  signal: AbortSignal,
): void {
  for (const session of sessions) void listen(session, onFrame, onReset, signal);
}

/** Rows of all pages of a list. */
export async function allPages(
  read: (path: string) => Promise<Json | null>,
  path: string,
  pagesAtMost: number,
): Promise<readonly Json[]> {
  const rows: Json[] = [];
  let cursor: string | null = null;
  for (let page = 0; page < pagesAtMost; page++) {
    const more: string = cursor === null ? "" : `&cursor=${encodeURIComponent(cursor)}`;
    const got: Json | null = await read(`${path}${more}`);
    rows.push(...listOf(got?.["rows"]).map(parseObject));
    cursor = textOf(got?.["next"]);
    if (cursor === null) break;
  }
  return rows;
}
