import type { Catalogue, CatalogueItem, CatalogueLimit } from "../src/core/catalogue/index.ts";
import type { Unit } from "../src/core/directory/index.ts";
import type { Region } from "../src/core/places/index.ts";
import type { RegionCode, UnitCode } from "../src/kernel/index.ts";

/** The shipped catalogue grown to `rows` items, every fourth with a limit of its own. */
export function grownCatalogue(shipped: Catalogue, rows: number): Catalogue {
  const items: CatalogueItem[] = [];
  const limits: CatalogueLimit[] = [...shipped.limits];
  const [pattern] = shipped.limits.filter((limit) => limit.code === "reply-general");
  if (pattern === undefined) throw new Error("no general limit");
  for (let n = 0; items.length < rows; n++) {
    const of = shipped.items[n % shipped.items.length];
    if (of === undefined) throw new Error("no items");
    const code = `${of.code}x${Math.floor(n / shipped.items.length)}` as CatalogueItem["code"];
    items.push({ ...of, code });
    if (n % 4 === 0) limits.push({ ...pattern, code: `own-${n}`, itemCode: code, amount: 1 + (n % 9) });
  }
  return { ...shipped, items, limits };
}

/** `count` units: every kind of unit in one division after the other. */
export function manyUnits(catalogue: Catalogue, regions: readonly Region[], count: number): readonly Unit[] {
  const kinds = catalogue.lists.unitKinds;
  const places = regions.filter((region) => !region.code.endsWith("0000"));
  return Array.from({ length: count }, (_, n): Unit => {
    const kind = kinds[n % kinds.length];
    const place = places[Math.floor(n / kinds.length) % places.length];
    if (kind === undefined || place === undefined) throw new Error("no kinds or places");
    return {
      code: `u${n}` as UnitCode,
      nameZh: `${place.name}${kind.nameZh}`,
      nameEn: kind.nameEn,
      side: kind.side === "police" ? "police" : "hotline",
      tier: place.code.endsWith("00") ? "prefecture" : "county",
      parent: null,
      region: place.code as RegionCode,
      unitKind: kind.code,
      dutyPhone: "0000-000-0000",
      invented: true,
    };
  });
}
