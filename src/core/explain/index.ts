/**
 * Says why: for a verdict, a hand-over, a return, a guidance, an exclusion, a question, a time limit, a clause or a rule row of the caller's, which
 * row of which version it rests on, the text of its clause, and one sentence a call taker can read aloud. Decides nothing
 * and changes nothing; refuses to know requests and people. Serves nmg:2.1, nmg:2.2.1, nmg:a and the promise "explained".
 */
export { explain } from "./explain.ts";
export type { Explanation, ExplainSubject, RuleRow } from "./explain.ts";
export { planOf } from "./ground.ts";
export type { Ground, Grounds, PlanName } from "./ground.ts";
