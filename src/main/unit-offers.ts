import type { UnitCard, UnitOffer, UnitsAsked } from "../app/deps.ts";
import { findItem, unitKindFor } from "../core/catalogue/index.ts";
import type { Catalogue } from "../core/catalogue/index.ts";
import { isRetired } from "../core/directory/index.ts";
import type { DirectoryBook, DirectoryEntry, Unit } from "../core/directory/index.ts";
import type { RegionCode } from "../kernel/index.ts";

const POLICE_COMMAND = "policeCommand";

/** The directory as it is asked for offers: the cards of all units in its order, made once. */
export type OfferBook = {
  readonly catalogue: Catalogue;
  readonly directory: DirectoryBook;
  readonly cards: ReadonlyMap<string, UnitCard>;
};

/** A card for screens of one unit. */
export function unitCard(unit: Unit): UnitCard {
  const { code, nameZh, nameEn, side, tier, region, unitKind, dutyPhone } = unit;
  return { code, nameZh, nameEn, side, tier, region, unitKind, dutyPhone };
}

/**
 * Units that can get an order on a day: first those whom item and place point to, then others in the order of the directory, `limit` at
 * most. With words only those whose name or code holds them all. What is asked for without words stops at the limit, so that the
 * number of units does not count. @source nmg:2.2.2 @req REQ-10
 */
export function unitOffers(
  { catalogue, directory, cards }: OfferBook,
  asked: UnitsAsked,
  region: RegionCode,
  day: string,
): readonly UnitOffer[] {
  const side = asked.kind === "police" ? "police" : "hotline";
  const words = asked.words.toLowerCase().split(/\s+/u);
  const fits = ({ nameZh, nameEn, code }: Pick<UnitCard, "nameZh" | "nameEn" | "code">): boolean => {
    const text = `${nameZh} ${nameEn} ${code}`.toLowerCase();
    return words.every((word) => text.includes(word));
  };
  const near = handlers(catalogue, directory, { item: asked.item, side, region, day }).filter(fits);
  const offers: UnitOffer[] = near.slice(0, asked.limit).map((unit) => ({ ...unitCard(unit), suggested: true }));
  const suggested = new Set<string>(near.map(({ code }) => code));
  for (const card of cards.values()) {
    if (offers.length >= asked.limit) break;
    if (card.side !== side || suggested.has(card.code) || !fits(card)) continue;
    const entry = directory.find(card.code);
    if (entry !== null && isRetired(entry, day)) continue;
    offers.push({ ...card, suggested: false });
  }
  return offers;
}

type Matter = {
  readonly item: string | null;
  readonly side: DirectoryEntry["side"];
  readonly region: RegionCode;
  readonly day: string;
};

/** Whom to propose: the units the directory names to lead, then those named to help; without an item the command centre of the police. */
function handlers(
  catalogue: Catalogue,
  directory: DirectoryBook,
  { item, side, region, day }: Matter,
): readonly Unit[] {
  const found = item === null ? null : findItem(catalogue, item);
  const unitKind =
    (found === null ? null : unitKindFor(catalogue, found.code, side)) ?? (side === "police" ? POLICE_COMMAND : null);
  if (found === null) return unitKind === null ? [] : directory.near.find(unitKind, region, day);
  const matter = { item: found.code, classCode: found.classCode, side, unitKind, place: region, day };
  const { lead, assisting } = directory.handlersOf(matter);
  return [...lead.units, ...assisting.units.filter((unit) => !lead.units.includes(unit))];
}
