import { AcknowledgeAlarmBody } from "../../../src/http/contract/index.ts";
import type { AlarmView } from "../../../src/http/contract/index.ts";
import type { Static } from "typebox";
import { checked, Refused } from "./refused.ts";
import { instant, tell } from "./world.ts";
import type { Node, Session, World } from "./world.ts";

type Mark = Static<typeof AlarmView>;

/** A mark is answered; a call answers all marks of its number, stands in the history, and is asked for again when nobody answered. */
export function answerAlarm(world: World, at: Node, session: Session, body: unknown): null {
  const input = checked(AcknowledgeAlarmBody, body, 400) as { kind: string; subject: string; outcome?: string };
  const mark = at.alarms.find(({ kind, subject }) => kind === input.kind && subject === input.subject);
  if (mark === undefined) throw new Refused(404, "ALARM_UNKNOWN");
  if (mark.dial !== null && input.outcome === undefined) throw new Refused(409, "ALARM_OUTCOME_NEEDED");
  const call = (one: Mark) => mark.dial !== null && one.subject === mark.subject && one.dial === mark.dial;
  const about = at.alarms.filter((one) => one === mark || call(one));
  const answered = instant();
  at.alarms = at.alarms.map((one) => (about.includes(one) ? { ...one, acknowledgedAt: answered } : one));
  if (input.outcome !== undefined) recordCall(world, at, session, mark, about, input.outcome);
  return null;
}

function recordCall(
  world: World,
  at: Node,
  session: Session,
  { dial, requestNo }: Mark,
  about: readonly Mark[],
  outcome: string,
): void {
  const [result = "", said] = outcome.split(": ");
  const kinds = about.map(({ kind }) => kind);
  const copy = at.copies.get(requestNo ?? "");
  if (copy !== undefined)
    tell(at, copy, "CallMade", {
      who: session.user.displayName,
      texts: said === undefined ? [] : [["call.1", said]],
      details: { dial, about: kinds, result },
    });
  if (result === "noAnswer" || result === "busy") world.redial.push({ at: Date.now(), node: at, kinds, dial });
}

/** What a desk reads: a number that nobody answered stands again after a while. */
export function alarmsNow(world: World, at: Node): readonly Mark[] {
  for (const call of world.redial.filter((one) => one.node === at && Date.now() - one.at >= world.redialMs)) {
    world.redial.splice(world.redial.indexOf(call), 1);
    at.alarms = at.alarms.map((one) =>
      call.kinds.includes(one.kind) && one.dial === call.dial ? { ...one, acknowledgedAt: null } : one,
    );
  }
  return at.alarms;
}
