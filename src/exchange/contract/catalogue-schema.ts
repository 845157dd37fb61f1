import { Type } from "typebox";
import {
  CodeSchema,
  DigestSchema,
  InstantSchema,
  KeyIdSchema,
  NodeCodeSchema,
  ProtocolSchema,
  SignatureSchema,
} from "./scalar-schemas.ts";

/** One desk's word to another that it will judge by the text of this digest once both have said so. Since version 3. */
export const CatalogueApprovalSchema = Type.Object({
  protocol: ProtocolSchema,
  type: Type.Literal("catalogueApproval"),
  /** Who approves and signs this. */
  sender: NodeCodeSchema,
  /** With whom it agrees. */
  receiver: NodeCodeSchema,
  version: CodeSchema,
  digest: DigestSchema,
  approvedAt: InstantSchema,
  keyId: KeyIdSchema,
  signature: SignatureSchema,
});

/** The other desk's word that it holds an approval. Since version 3. */
export const ApprovalHeldSchema = Type.Object({
  protocol: ProtocolSchema,
  type: Type.Literal("catalogueApprovalHeld"),
  /** Who holds it and signs this. */
  sender: NodeCodeSchema,
  /** Who approved. */
  receiver: NodeCodeSchema,
  version: CodeSchema,
  digest: DigestSchema,
  receivedAt: InstantSchema,
  /** The holder's own approval of the same text for the same desk, when it has given one: what was lost comes back with it. */
  own: Type.Optional(CatalogueApprovalSchema),
  keyId: KeyIdSchema,
  signature: SignatureSchema,
});

/** One desk asks another for a version of the catalogue: only a known peer is given one. Since version 4. */
export const CatalogueRequestSchema = Type.Object({
  protocol: ProtocolSchema,
  type: Type.Literal("catalogueRequest"),
  /** Who asks and signs this. */
  sender: NodeCodeSchema,
  /** Who is asked. */
  receiver: NodeCodeSchema,
  version: CodeSchema,
  keyId: KeyIdSchema,
  signature: SignatureSchema,
});
