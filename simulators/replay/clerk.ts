import { randomUUID } from "node:crypto";
import type { Side } from "../client/accounts.ts";
import type { Session } from "../client/session.ts";
import { pathOf } from "./commands.ts";
import type { Pace } from "./desk.ts";
import { CHANCES, DELAYS } from "./mixes.ts";
import { CLERK_STEPS } from "./people.ts";
import type { ClerkStep } from "./step.ts";
import { parseUnitOrder } from "./seen.ts";
import type { SeenUnitOrder } from "./seen.ts";
import type { Story } from "./story.ts";
import { count } from "./tally.ts";
import type { Tally } from "./tally.ts";
import { allPages, followStreams, give } from "./team.ts";

const POLL_MS = 5_000;
const NOTICE_MS = 150;
const REFUSALS_AT_MOST = 8;

export type ClerkRoom = {
  readonly side: Side;
  readonly session: Session;
  readonly storyOf: (no: string) => Story | null;
  readonly pace: Pace;
  readonly tally: Tally;
};

/** One unit's clerk: works off the unit's list, several orders side by side. */
export function seatClerk(room: ClerkRoom): void {
  const state = { pending: new Set<string>(), did: new Set<string>(), refusals: new Map<string, number>(), due: false };
  const hurry = (): void => {
    if (state.due) return;
    state.due = true;
    setTimeout(() => {
      state.due = false;
      void readList(room, state, hurry).catch(() => undefined);
    }, NOTICE_MS);
  };
  followStreams([room.session], hurry, hurry, room.pace.signal);
  const timer = setInterval(hurry, POLL_MS);
  room.pace.signal.addEventListener("abort", () => clearInterval(timer));
  hurry();
}

type State = {
  readonly pending: Set<string>;
  readonly did: Set<string>;
  readonly refusals: Map<string, number>;
};

async function readList(room: ClerkRoom, state: State, hurry: () => void): Promise<void> {
  if (room.pace.signal.aborted) return;
  const read = async (path: string) => {
    const answer = await give(room.tally, room.session, "read", { method: "GET", path });
    return answer.code === null ? answer.body : null;
  };
  const rows = await allPages(read, "/orders?open=true&limit=200", 20);
  for (const row of rows.map(parseUnitOrder)) {
    const story = room.storyOf(row.requestNo);
    if (story === null || state.pending.has(row.order.id)) continue;
    const step = stepFor(room, state, story, row);
    if (step === null) continue;
    state.pending.add(row.order.id);
    const seconds = story.draw.seconds(`${row.order.unit} ${step.name}`, DELAYS[step.delay(row.order)]);
    setTimeout(() => void act(room, state, row, step, hurry), (seconds * 1000) / room.pace.speed);
  }
}

function stepFor(room: ClerkRoom, state: State, story: Story, row: SeenUnitOrder): ClerkStep | null {
  const nth = `${room.side} ${row.order.unit}`;
  return (
    CLERK_STEPS.find(
      (step) =>
        !state.did.has(`${row.order.id} ${step.name}`) &&
        (step.chance === undefined || story.draw.chance(`${nth} ${step.name}`, CHANCES[step.chance])) &&
        (state.refusals.get(`${row.order.id} ${step.name}`) ?? 0) < REFUSALS_AT_MOST &&
        step.see(row, room.side) !== null,
    ) ?? null
  );
}

async function act(
  room: ClerkRoom,
  state: State,
  row: SeenUnitOrder,
  step: ClerkStep,
  hurry: () => void,
): Promise<void> {
  const name = `${row.order.id} ${step.name}`;
  try {
    const wish = step.see(row, room.side);
    if (wish === null || room.pace.signal.aborted) return;
    const call = { method: "POST", path: pathOf(wish), body: wish.body, key: randomUUID() } as const;
    const answer = await give(room.tally, room.session, "command", call);
    if (answer.code === null) {
      state.did.add(name);
      count(room.tally.done, wish.command);
      count(room.tally.done, `${room.side} clerk ${step.name}`);
    } else {
      state.refusals.set(name, (state.refusals.get(name) ?? 0) + 1);
      count(room.tally.refused, answer.code);
      count(room.tally.refusedAt, `${wish.command} ${answer.code}`);
    }
  } catch (fault) {
    count(room.tally.remarks, `clerk ${step.name}: ${fault instanceof Error ? fault.name : "fault"}`);
  } finally {
    state.pending.delete(row.order.id);
    hurry();
  }
}
