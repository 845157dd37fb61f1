/**
 * Proposes catalogue items for a text, with score and reasons. Decides nothing: a person picks the item, and what is
 * proposed never touches danger, responsibility or deadlines. Refuses to know the request it is about.
 * Serves nmg:3.3 (智能推荐).
 */
export { createRuleClassifier } from "./suggest.ts";
export { parseRuleFile, readRuleFile } from "./rule-file.ts";
export type { CueRule, RuleFile, RuleFileProblem, RuleFileProblemCode } from "./rule-file.ts";
