import { AgreementBoard, ApproveVersionBody, VersionChanges } from "../../../src/http/contract/index.ts";
import { checked, Refused } from "./refused.ts";
import { instant } from "./world.ts";
import type { Node, Session, World } from "./world.ts";

const PLAN = "nmg-2022-89@4";
const CITY = "city-1501@1";
const DIGESTS: Readonly<Record<string, string>> = { [PLAN]: "3f".repeat(32), [CITY]: "a7".repeat(32) };

function permitted(session: Session | null): void {
  if (session?.user.roles.some((role) => role === "supervisor" || role === "operator") !== true)
    throw new Refused(403, "FORBIDDEN");
}

/** Of the version of the city the other desk's signature is here; this desk has not signed it before somebody does. */
export function agreementBoard(world: World, at: Node, session: Session | null): unknown {
  permitted(session);
  const peer = at.side === "hotline" ? world.nodes.police.code : world.nodes.hotline.code;
  const signed = at.signedVersions.get(CITY) ?? null;
  const version = (name: string, kept: string, state: string, more: object): object => ({
    version: name,
    digest: DIGESTS[name],
    base: name === CITY ? PLAN : null,
    validFrom: name === CITY ? "2027-01-01" : "2022-12-13",
    kept,
    fetchedFrom: name === CITY ? peer : null,
    savedAt: instant(3_600_000),
    inForceAt: kept === "inForce" ? instant(86_400_000) : null,
    refusal: null,
    with: [{ peer, state, here: null, there: null, ...more }],
  });
  const there = { at: instant(1_800_000) };
  const city = signed === null ? { there } : { there, here: { at: signed.at, by: signed.by, held: true } };
  return checked(
    AgreementBoard,
    {
      self: at.code,
      inForce: { version: PLAN, since: instant(86_400_000), signedBy: [] },
      versions: [
        version(PLAN, "inForce", "inEffect", {}),
        version(CITY, "foreign", signed === null ? "approvedThere" : "agreed", city),
      ],
      elsewhere: [{ version: "city-1501@2", digest: "c4".repeat(32), peer, at: instant(600_000), why: "notHere" }],
      wanted: [{ version: "city-1501@2", peer, tries: 2, nextAt: instant(-20_000), problems: [] }],
    },
    500,
  );
}

/** The version of the city renames a reason and ends an item. */
export function versionChanges(session: Session | null, version: string): unknown {
  permitted(session);
  const row = { document: "minutes3", list: "items", nameEn: "Well cover", nameZh: "井盖缺失" };
  const rows = [
    { ...row, kind: "ended", code: "A01-10", fields: [{ field: "validTo", from: "-", to: "2026-12-31" }] },
    {
      ...row,
      kind: "changed",
      list: "returnReasons",
      code: "duplicate",
      nameZh: "重复反映",
      nameEn: "Said before",
      fields: [
        { field: "nameZh", from: "重复件", to: "重复反映" },
        { field: "basis", from: "plan", to: "agreement" },
      ],
    },
  ];
  return checked(VersionChanges, { from: PLAN, to: version, rows: version === PLAN ? [] : rows, more: 0 }, 500);
}

/** Signs once; the text that was looked at must be the one that is kept. */
export function approveVersion(at: Node, session: Session, body: unknown): unknown {
  permitted(session);
  const { version, digest } = checked(ApproveVersionBody, body, 400) as { version: string; digest: string };
  if (DIGESTS[version] !== digest) throw new Refused(409, "VERSION_DIFFERS");
  at.signedVersions.set(version, { at: instant(0), by: session.user.displayName });
  return null;
}
