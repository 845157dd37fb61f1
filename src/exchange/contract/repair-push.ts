import type { CaseBrief, LinkageMessageBody } from "../../core/linkage/index.ts";
import type { FirstReceiver, Sealed } from "../../kernel/index.ts";
import {
  AssessmentRegimeSchema,
  CaseBriefSchema,
  FactStampsSchema,
  FirstReceiverSchema,
  Nullable,
  SealedSchema,
} from "./brief-schema.ts";
import { faultFinder, type FindFault } from "./field-fault.ts";
import { CodeSchema, CountSchema, LinkageIdSchema } from "./scalar-schemas.ts";
import type { MessageEnvelope } from "./wire.ts";

type Push = Extract<LinkageMessageBody, { readonly type: "push" }>;

const BRIEF = CaseBriefSchema.properties;
const BRIEF_FINDERS = {
  registeredAt: faultFinder(BRIEF.registeredAt),
  channel: faultFinder(BRIEF.channel),
  place: faultFinder(BRIEF.place),
  requestKind: faultFinder(BRIEF.requestKind),
  field: faultFinder(BRIEF.field),
  requesterType: faultFinder(BRIEF.requesterType),
  confidential: faultFinder(BRIEF.confidential),
  item: faultFinder(BRIEF.item),
} as const;
const SEALED = faultFinder(SealedSchema);
const COUNT = faultFinder(CountSchema);
const CODE = faultFinder(CodeSchema);
const REGIME = faultFinder(AssessmentRegimeSchema);
const FIRST_RECEIVER = faultFinder(FirstReceiverSchema);
const SAID = faultFinder(FactStampsSchema);
const PARENT = faultFinder(Nullable(LinkageIdSchema));

function memberOf(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
}

/** Stamps that cannot be read are left out: then the words count by when they came. */
function parseStamps(said: unknown): Pick<CaseBrief, "said"> {
  return said === undefined || SAID(said) !== null ? {} : { said: said as NonNullable<CaseBrief["said"]> };
}

/**
 * Reads an urgent push whose body departs from the schema: what can be read is read, the rest counts as missing.
 * Nothing about form may stand between a danger and the police desk (P3); the sender learns EXCHANGE_REPAIRED.
 * `paths` are the fields that were replaced, at least one.
 * @source nmg:2.2.1
 */
export function repairPush(
  envelope: MessageEnvelope,
  raw: unknown,
): { readonly body: Push; readonly paths: readonly string[] } {
  const paths: string[] = [];
  const rawBrief = memberOf(raw, "brief");
  function parse<T>(find: FindFault, value: unknown, path: string, missing: T): T {
    if (find(value) === null) return value as T;
    paths.push(path);
    return missing;
  }
  function parseBrief<T>(name: keyof typeof BRIEF_FINDERS, missing: T): T {
    return parse(BRIEF_FINDERS[name], memberOf(rawBrief, name), `/body/brief/${name}`, missing);
  }
  const rawSealed = memberOf(rawBrief, "sealed");
  if (!Array.isArray(rawSealed)) paths.push("/body/brief/sealed");
  const sealed: readonly Sealed[] = (Array.isArray(rawSealed) ? rawSealed.slice(0, 200) : []).filter((item, i) => {
    const fits = SEALED(item) === null;
    if (!fits) paths.push(`/body/brief/sealed/${i}`);
    return fits;
  });
  const brief: CaseBrief = {
    registeredAt: parseBrief("registeredAt", envelope.issuedAt),
    channel: parseBrief("channel", "unknown"),
    place: parseBrief("place", null),
    requestKind: parseBrief("requestKind", null),
    field: parseBrief("field", null),
    requesterType: parseBrief("requesterType", null),
    // What cannot be read is guarded, not published.
    confidential: parseBrief("confidential", true),
    item: parseBrief("item", null),
    // A push is danger by its type, whatever its body says.
    danger: true,
    sealed,
    ...parseStamps(memberOf(rawBrief, "said")),
  };
  const firstReceiver: FirstReceiver = {
    registeredAt: brief.registeredAt,
    nodeCode: envelope.sender,
    requestNo: envelope.requestNo,
  };
  const body: Push = {
    type: "push",
    k: parse(COUNT, memberOf(raw, "k"), "/body/k", 1),
    brief,
    firstReceiver: parse(FIRST_RECEIVER, memberOf(raw, "firstReceiver"), "/body/firstReceiver", firstReceiver),
    parent: parse<Push["parent"]>(PARENT, memberOf(raw, "parent"), "/body/parent", null),
    machineSuspected: memberOf(raw, "machineSuspected") === true,
    regime: parse<Push["regime"]>(REGIME, memberOf(raw, "regime"), "/body/regime", "acceptingPlatform"),
    catalogueVersion: parse(CODE, memberOf(raw, "catalogueVersion"), "/body/catalogueVersion", "unknown"),
  };
  return { body, paths: paths.length > 0 ? paths : ["/body"] };
}
