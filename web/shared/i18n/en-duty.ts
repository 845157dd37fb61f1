import type { zhDuty } from "./zh-duty.ts";

/** The page of duty phones. */
export const enDuty: Readonly<Record<keyof typeof zhDuty, string>> = {
  "dutyPage.title": "Duty phones",
  "dutyPage.close": "Close duty phones",
  "dutyPage.search": "Unit, kind, area or number",
  "dutyPage.searchHint": "Separate words by spaces, for example: urban Saihan",
  "dutyPage.now": "On duty now",
  "dutyPage.noRoster": "No roster is kept: ring the duty phone",
  "dutyPage.nobody": "Nobody is on duty now: ring on in this order",
  "dutyPage.next": "If nobody answers",
  "dutyPage.after": "after {n} min",
  "dutyPage.noNext": "Nobody is named to ring next: tell the duty supervisor",
  "dutyPage.verified": "verified {day}",
  "dutyPage.stale": "not verified for long ({day})",
  "dutyPage.never": "never verified",
  "dutyPage.invented": "invented example",
  "dutyPage.gap": "nobody from {from} to {to}",
  "dutyPage.more": "{n} more units: type a few more words",
  "dutyPage.none": "No such unit found",
  "dutyPage.noneHint": "Try another word, or the area alone, for example: Xincheng",
};
