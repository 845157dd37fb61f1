import { Type } from "typebox";
import type { Static } from "typebox";
import { nullable, oneOf, strict } from "./parts.ts";

const Text = Type.String();
const Maybe = nullable(Text);

const AgreementState = oneOf(["draft", "approvedHere", "approvedThere", "agreed", "inEffect", "superseded"]);

/** How far one version has come with one other desk. */
const WithPeer = strict({
  peer: Text,
  state: AgreementState,
  /** This desk's signature; `by` = who decided so here, `held` = the other desk has said that it holds it. */
  here: nullable(strict({ at: Text, by: Maybe, held: Type.Boolean() })),
  there: nullable(strict({ at: Text })),
});

const KeptVersion = strict({
  version: Text,
  digest: Text,
  base: Maybe,
  validFrom: Text,
  kept: oneOf(["draft", "foreign", "inForce", "superseded"]),
  fetchedFrom: Maybe,
  savedAt: Text,
  inForceAt: Maybe,
  /** Why this desk cannot sign it (any more); null = it can. */
  refusal: nullable(oneOf(["VERSION_STATE", "VERSION_OLDER"])),
  with: Type.Array(WithPeer),
});

/** What is judged by here, what is proposed, who has signed, and how it stands at the other desks. @req REQ-20 */
export const AgreementBoard = Type.Object(
  {
    self: Text,
    inForce: nullable(strict({ version: Text, since: Maybe, signedBy: Type.Array(Text) })),
    versions: Type.Array(KeptVersion),
    /** Signed by another desk and not kept here under this text. */
    elsewhere: Type.Array(
      strict({ version: Text, digest: Text, peer: Text, at: Text, why: oneOf(["notHere", "otherText"]) }),
    ),
    /** Asked of another desk; `nextAt` null = it came and cannot be used. */
    wanted: Type.Array(
      strict({
        version: Text,
        peer: Text,
        tries: Type.Integer(),
        nextAt: Maybe,
        problems: Type.Array(strict({ file: Text, row: nullable(Type.Integer()), code: Text, detail: Text })),
      }),
    ),
  },
  { $id: "AgreementBoard" },
);
export type AgreementBoard = Static<typeof AgreementBoard>;

const VersionText = Type.String({ pattern: "^[a-z0-9-]{1,60}@[1-9]\\d{0,8}$", description: "id@n" });

export const VersionChangesQuery = strict({ version: VersionText });
export type VersionChangesQuery = Static<typeof VersionChangesQuery>;

/** What a version would change against the one in force, by row. */
export const VersionChanges = Type.Object(
  {
    from: Text,
    to: Text,
    rows: Type.Array(
      strict({
        kind: oneOf(["added", "removed", "ended", "changed"]),
        list: Text,
        code: Text,
        nameZh: Text,
        nameEn: Text,
        document: Maybe,
        fields: Type.Array(strict({ field: Text, from: Text, to: Text })),
      }),
    ),
    /** How many more there are than are shown. */
    more: Type.Integer(),
  },
  { $id: "VersionChanges" },
);
export type VersionChanges = Static<typeof VersionChanges>;

/** `digest` = of the text that was looked at: nobody signs another one. */
export const ApproveVersionBody = strict({
  version: VersionText,
  digest: Type.String({ pattern: "^[0-9a-f]{64}$" }),
  peer: Type.String({ minLength: 1, maxLength: 60 }),
});
export type ApproveVersionBody = Static<typeof ApproveVersionBody>;
