import { Type } from "typebox";
import type { Static } from "typebox";
import { ApproveVersionBody } from "./agreement-views.ts";
import { AcknowledgeAlarmBody, EmptyBody, RegisterBody, RevealBody, SearchByPhoneBody } from "./commands.ts";
import { RecordConsultationBody } from "./consultation-views.ts";
import { AdviceBody } from "./explanation-views.ts";
import { Division, InstantText, ItemCodeText, Limit, oneOf, RequestNoText, strict } from "./parts.ts";
import { FieldView } from "./field-view.ts";
import { RequestView } from "./request-views.ts";
import { DutyBody, LoginBody } from "./session-views.ts";

/**
 * Everything that changes or reveals something and is not a command on an existing request. `idempotent` = takes `Idempotency-Key`: a
 * repeat with the same key is answered as the first time;
 * `door` as in READS.
 */
export const ACTS = {
  register: {
    method: "POST",
    path: "/requests",
    body: RegisterBody,
    action: "register",
    door: true,
    idempotent: true,
  },
  reveal: {
    method: "POST",
    path: "/requests/:no/reveal",
    body: RevealBody,
    action: "revealField",
    door: true,
    idempotent: false,
  },
  searchByPhone: {
    method: "POST",
    path: "/requests/search",
    body: SearchByPhoneBody,
    action: "readQueue",
    door: true,
    idempotent: false,
  },
  advise: {
    method: "POST",
    path: "/catalogue/advice",
    body: AdviceBody,
    action: "readQueue",
    door: false,
    idempotent: false,
  },
  acknowledgeAlarm: {
    method: "POST",
    path: "/alarms/acknowledge",
    body: AcknowledgeAlarmBody,
    action: "acknowledgeAlarm",
    door: false,
    idempotent: true,
  },
  retryDeadLetter: {
    method: "POST",
    path: "/dead-letters/:direction/:id/retry",
    body: EmptyBody,
    action: "manageDeadLetters",
    door: false,
    idempotent: false,
  },
  recordConsultation: {
    method: "POST",
    path: "/consultations",
    body: RecordConsultationBody,
    action: "recordConsultation",
    door: false,
    idempotent: true,
  },
  approveVersion: {
    method: "POST",
    path: "/catalogue/agreement/approve",
    body: ApproveVersionBody,
    action: "approveCatalogue",
    door: false,
    idempotent: false,
  },
  logIn: { method: "POST", path: "/session", body: LoginBody, action: null, door: false, idempotent: false },
  logOut: { method: "DELETE", path: "/session", body: null, action: null, door: false, idempotent: false },
  setDuty: { method: "PUT", path: "/session/duty", body: DutyBody, action: "shown", door: false, idempotent: false },
} as const;

/** Answer of every command: the request as it stands now. */
export const CommandDone = Type.Object(
  {
    requestNo: Type.String(),
    caseId: Type.String(),
    etag: Type.String(),
    view: RequestView,
    /** This command was carried out before; this is its first answer. */
    repeated: Type.Boolean(),
    /** Fields of a danger command that could not be stored as sent; their words stand in the text. */
    corrected: Type.Optional(Type.Array(Type.String())),
  },
  { $id: "CommandDone" },
);
export type CommandDone = Static<typeof CommandDone>;

export const Revealed = Type.Object({ field: Type.String(), value: FieldView }, { $id: "Revealed" });
export type Revealed = Static<typeof Revealed>;

export const Cursor = Type.String({
  pattern: "^[A-Za-z0-9._:,=+/-]{1,200}$",
  description: "`next` of the page before",
});

export const QueueQuery = strict({
  view: oneOf(["mine", "incoming", "returned", "theirs", "danger", "closed", "all"]),
  status: Type.Optional(
    Type.String({ pattern: "^[A-Za-z]{1,20}(,[A-Za-z]{1,20}){0,7}$", description: "statuses, separated by commas" }),
  ),
  item: Type.Optional(ItemCodeText),
  place: Type.Optional(Division),
  unit: Type.Optional(Type.String({ minLength: 1, maxLength: 40 })),
  cursor: Type.Optional(Cursor),
  limit: Type.Optional(Limit),
});
export type QueueQuery = Static<typeof QueueQuery>;

export const UnitOrdersQuery = strict({
  open: Type.Optional(oneOf(["true", "false"])),
  cursor: Type.Optional(Cursor),
  limit: Type.Optional(Limit),
});
export type UnitOrdersQuery = Static<typeof UnitOrdersQuery>;

export const ItemsQuery = strict({
  q: Type.Optional(Type.String({ maxLength: 100 })),
  limit: Type.Optional(Limit),
});
export type ItemsQuery = Static<typeof ItemsQuery>;

export const UnitsQuery = strict({
  item: Type.Optional(ItemCodeText),
  place: Type.Optional(Division),
  /** Left out: what the desk itself orders, work orders at 12345 and police orders at 110. */
  kind: Type.Optional(oneOf(["work", "police"])),
  q: Type.Optional(Type.String({ maxLength: 100, description: "words of the name, or the code" })),
  limit: Type.Optional(Limit),
});
export type UnitsQuery = Static<typeof UnitsQuery>;

export const StreamQuery = strict({ cursor: Type.Optional(Cursor) });
export type StreamQuery = Static<typeof StreamQuery>;
export const PublicStatusQuery = strict({
  no: RequestNoText,
  code: Type.String({ pattern: "^[0-9A-Za-z]{4,16}$", description: "check code told at registration" }),
});

export const Health = Type.Object(
  {
    up: Type.Literal(true),
    database: Type.Boolean(),
    migration: Type.Union([Type.String(), Type.Null()]),
    at: InstantText,
  },
  { $id: "Health" },
);
export type Health = Static<typeof Health>;
