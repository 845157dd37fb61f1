import type { CommandBody, RequestFields } from "../../../src/http/contract/index.ts";
import type { Registration } from "../../shared/api/commands.ts";
import type { Draft, MadeDraft } from "./draft.ts";
import { toRegistration } from "./to-fields.ts";

/** What stands in a form and not yet in its request. Null = nothing of that kind. */
export type Rest = { readonly amend: CommandBody<"amend"> | null; readonly judge: CommandBody<"judge"> | null };

/** Only what differs: what another desk has written meanwhile is not written over with what was said first. */
function changedFields(sent: RequestFields, fields: RequestFields): RequestFields {
  const before = new Map<string, unknown>(Object.entries(sent));
  const changed = Object.fromEntries(Object.entries(fields).filter(([name, value]) => before.get(name) !== value));
  const lifted = sent.confidential === true && fields.confidential !== true ? { confidential: false } : {};
  return { ...changed, ...lifted };
}

/** What must follow a registration because it was typed or picked after it left. What was rubbed out stays as it was told. */
export function restOf(sent: Registration, draft: Draft): Rest {
  const { fields, item, answers } = toRegistration(draft);
  const changed = changedFields(sent.fields, fields);
  const answered = answers !== undefined && JSON.stringify(answers) !== JSON.stringify(sent.answers ?? []);
  const judged = item !== undefined && (item !== sent.item || answered);
  // With a judgement the answers go along; without an item they are told by themselves.
  const alone = answered && !judged ? { answers } : {};
  return {
    amend: Object.keys(changed).length === 0 && !("answers" in alone) ? null : { fields: changed, ...alone },
    judge: judged ? { item, ...(answers === undefined ? {} : { answers }) } : null,
  };
}

function answeredBy({ answers }: CommandBody<"judge"> | CommandBody<"amend">): Pick<Registration, "answers"> {
  return answers === undefined ? {} : { answers };
}

export type RestWays = {
  readonly amend: (no: string, body: CommandBody<"amend">) => Promise<unknown>;
  readonly judge: (no: string, body: CommandBody<"judge">) => Promise<unknown>;
  /** Resolves when nothing was typed for a moment: half a word is nobody's addition, and in danger each addition is a push. */
  readonly rested: () => Promise<unknown>;
  /** What stands in the form at this moment. */
  readonly now: () => Draft;
  /** Told after each part, so that what arrived is not sent again. */
  readonly onArrived: (made: MadeDraft) => void;
};

/**
 * Sends what stands in a form to the request it has become, until nothing more is typed. Errors: those of the ways; what
 * arrived before is told.
 */
export async function sendRest(ways: RestWays, made: MadeDraft): Promise<void> {
  let at = made;
  const arrived = (part: Partial<Registration>) => {
    at = { ...at, body: { ...at.body, ...part } };
    ways.onArrived(at);
  };
  for (;;) {
    const waiting = restOf(at.body, ways.now());
    if (waiting.amend === null && waiting.judge === null) return;
    await ways.rested();
    const { amend, judge } = restOf(at.body, ways.now());
    if (amend !== null) {
      await ways.amend(at.no, amend);
      arrived({ fields: { ...at.body.fields, ...amend.fields }, ...answeredBy(amend) });
    }
    if (judge !== null) {
      await ways.judge(at.no, judge);
      arrived({ item: judge.item, ...answeredBy(judge) });
    }
  }
}

const LOOK_MS = 200;
const REST_MS = 1_200;
/** Who talks on for long is not kept waiting for an end: so much goes out. */
const LONGEST_MS = 10_000;

/** Resolves when what `now` gives has been the same for a moment, at the latest after ten seconds. */
export async function untilRested(
  now: () => unknown,
  pause: (ms: number) => Promise<unknown> = (ms) => new Promise((done) => setTimeout(done, ms)),
): Promise<void> {
  let seen = now();
  let still = 0;
  for (let waited = 0; still < REST_MS && waited < LONGEST_MS; waited += LOOK_MS) {
    await pause(LOOK_MS);
    const next = now();
    still = next === seen ? still + LOOK_MS : 0;
    seen = next;
  }
}
