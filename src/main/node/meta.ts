import type { PeerDesk } from "../../core/file/index.ts";
import { isOffered } from "../../core/catalogue/index.ts";
import type { CodeEntry, Day } from "../../core/catalogue/index.ts";
import { deskOfNode } from "../../core/places/index.ts";
import type { Routing } from "../../core/places/index.ts";
import type { Meta } from "../../http/contract/index.ts";
import type { RuleBook } from "../rules.ts";

/** What screens must know of this node besides its rules. */
export type MetaFacts = {
  readonly nodeCode: string;
  readonly side: "hotline" | "police";
  readonly region: string;
  readonly demo: boolean;
  readonly version: string;
};

/** The linked desks, and the table that names them. */
export type Desks = { readonly peers: readonly PeerDesk[]; readonly routing?: Routing | undefined };

function peerOf({ nodeCode, side, dutyPhone }: PeerDesk, routing: Routing | undefined): Meta["peers"][number] {
  const desk = routing === undefined ? null : deskOfNode(routing, nodeCode);
  return { nodeCode, nameZh: desk?.nameZh ?? nodeCode, nameEn: desk?.nameEn ?? nodeCode, side, dutyPhone };
}

/** Whether a desk may say no by a ground: one of a list that bounds the other desk alone is none of its. @source nmg:2.1 @req REQ-06 */
export function takesGround(
  rules: Pick<RuleBook, "exclusionBounds">,
  side: MetaFacts["side"],
  ground: string,
): boolean {
  const bound = rules.exclusionBounds(ground);
  return bound === null || bound === side;
}

/** Everything a screen reads once: the node, its lists, its places. */
export function metaOf(rules: RuleBook, facts: MetaFacts, { peers, routing }: Desks, today: Day): Meta {
  const named = (list: readonly CodeEntry[]) =>
    list.filter((entry) => isOffered(entry, today)).map(({ code, nameZh, nameEn }) => ({ code, nameZh, nameEn }));
  const { catalogue } = rules;
  // A desk that the table names is called by its name: not every desk beside the police is the city's 12345.
  const own = routing === undefined ? null : deskOfNode(routing, facts.nodeCode);
  const regionName = rules.placeName(facts.region) ?? facts.region;
  return {
    nodeCode: facts.nodeCode,
    side: facts.side,
    region: facts.region,
    regionName,
    title:
      own !== null && own.side === "hotline" && !own.nameZh.includes("12345")
        ? { zh: own.nameZh, en: own.nameEn }
        : facts.side === "hotline"
          ? { zh: `${regionName}12345政务服务便民热线`, en: `${regionName} 12345 hotline` }
          : { zh: `${regionName}110报警服务台`, en: `${regionName} 110 police desk` },
    demo: facts.demo,
    version: facts.version,
    catalogueVersion: catalogue.head.version,
    dutyArbiter: rules.dutyArbiter,
    peers: peers.map((peer) => peerOf(peer, routing)),
    lists: {
      channels: named(catalogue.channels),
      requestKinds: named(catalogue.lists.requestKinds),
      fields: named(catalogue.lists.fields),
      requesterTypes: named(catalogue.lists.requesterTypes),
      returnReasons: catalogue.lists.returnReasons
        .filter((entry) => isOffered(entry, today))
        .map(({ code, nameZh, nameEn, source }) => ({ code, nameZh, nameEn, source })),
      withdrawReasons: named(catalogue.lists.withdrawReasons),
      guidanceReasons: named(catalogue.guidanceReasons.filter(({ code }) => takesGround(rules, facts.side, code))),
      exclusions: catalogue.exclusions
        .filter((entry) => entry.side === facts.side && isOffered(entry, today))
        .map(({ code, itemCode, nameZh, nameEn }) => ({ code, item: itemCode, nameZh, nameEn })),
      resolutions: named(catalogue.lists.resolutions),
    },
    places: rules.regions
      .filter((r) => r.code.startsWith(facts.region.slice(0, 4)))
      .map((r) => ({ code: r.code, nameZh: r.name, parent: r.parent })),
  };
}
