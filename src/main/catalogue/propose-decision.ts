import { isNameTaken } from "../../core/catalogue/index.ts";
import type { CatalogueHead, CatalogueProblem } from "../../core/catalogue/index.ts";
import { cityFolder, proposedFiles } from "../../core/consultation/index.ts";
import type { Decision, DecisionRefusal } from "../../core/consultation/index.ts";
import { err, ok } from "../../kernel/index.ts";
import type { RegionCode, Result } from "../../kernel/index.ts";
import { catalogueOfFiles } from "../../storage/catalogue-files/index.ts";
import { calendarFor } from "./calendar-check.ts";
import type { CatalogueDesk } from "./catalogue-desk.ts";
import { checkedVersion, keepCatalogue } from "./kept-catalogue.ts";

export type Proposed = { readonly version: string; readonly digest: string };

/** What an operator or the checks say against it. VERSION_TAKEN: somebody else made the same number in this moment. */
export type ProposeRefusal =
  | DecisionRefusal
  | { readonly code: "VERSION_UNKNOWN"; readonly version: string }
  | { readonly code: "VERSION_TAKEN"; readonly version: string }
  | { readonly code: "DECISION_UNUSABLE"; readonly problems: readonly CatalogueProblem[] };

/**
 * Makes the next version of the region's own folder with the row of a decision, and keeps it as a draft: the two desks sign it by the one
 * road there is, and nothing is judged by it before. It is checked as any folder is. What was decided before and is not signed yet stands in
 * it too: a later decision replaces no earlier one on another matter. @source nmg:2.2.4 @req REQ-20 @req REQ-36
 */
export async function proposeDecision(
  { versions, approvals, now }: Pick<CatalogueDesk, "versions" | "approvals" | "now">,
  region: RegionCode,
  decision: Decision,
): Promise<Result<Proposed, ProposeRefusal>> {
  const inForce = await versions.inForce();
  if (inForce === null) return err({ code: "VERSION_UNKNOWN", version: "" });
  const judged = await checkedVersion(versions, inForce.version);
  if (!judged.ok) return err({ code: "VERSION_UNKNOWN", version: inForce.version });
  const held = (await versions.versions()).map(({ version }) => version);
  const draft = await newestDraft(versions, held, judged.value.catalogue.head, region);
  const current = draft ?? judged;
  const signed = await approvals.approvals();
  const names = [...held, ...signed.map(({ version }) => version)];
  const { catalogue, files, base } = current.value;
  const made = proposedFiles(decision, {
    current: catalogue,
    files: new Map([...files].map(([name, bytes]) => [name, new TextDecoder().decode(bytes)] as const)),
    region,
    taken: (id) => Math.max(0, ...names.flatMap((name) => numberOf(name, id))),
  });
  if (!made.ok) return made;
  const bytes = new Map([...made.value.files].map(([name, text]) => [name, new TextEncoder().encode(text)] as const));
  const own = catalogue.head.base !== null && catalogue.head.region === region;
  const checked = catalogueOfFiles(bytes, own ? base : current.value);
  if (!checked.ok) return err({ code: "DECISION_UNUSABLE", problems: checked.error });
  const calendar = await calendarFor(checked.value.catalogue);
  if (!calendar.ok) return err({ code: "DECISION_UNUSABLE", problems: calendar.error });
  const { version } = made.value;
  const { digest } = checked.value;
  const isTaken =
    isNameTaken({ version, digest }, signed) || (await keepCatalogue(versions, checked.value, now())) !== null;
  return isTaken ? err({ code: "VERSION_TAKEN", version }) : ok({ version, digest });
}

/** The newest version of the city's own folder that is held here and rests on what is in force, signed or not; null = there is none. */
async function newestDraft(
  versions: CatalogueDesk["versions"],
  held: readonly string[],
  head: CatalogueHead,
  region: RegionCode,
) {
  const own = head.base !== null && head.region === region;
  const id = own ? head.id : cityFolder(region);
  const newest = Math.max(0, ...held.flatMap((version) => numberOf(version, id)));
  if (newest === 0) return null;
  const found = await checkedVersion(versions, `${id}@${newest}`);
  return found.ok && found.value.catalogue.head.base === (own ? head.base : head.version) ? found : null;
}

function numberOf(version: string, id: string): readonly number[] {
  const [name, number] = version.split("@");
  return name === id ? [Number(number)] : [];
}
