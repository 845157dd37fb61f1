import { Type } from "typebox";
import type { Static } from "typebox";
import { nullable, oneOf, strict } from "./parts.ts";

const Text = Type.String();
const Maybe = nullable(Text);

export const UserView = strict({
  id: Text,
  login: Text,
  displayName: Text,
  roles: Type.Array(oneOf(["callTaker", "dispatcher", "unitClerk", "supervisor", "operator"])),
  regions: Type.Array(Text),
  unit: Maybe,
  unitName: Maybe,
});
export const SessionView = Type.Object(
  { user: UserView, csrf: Text, onDuty: Type.Boolean(), expiresAt: Text },
  { $id: "Session" },
);
export type SessionView = Static<typeof SessionView>;
export const LoginBody = strict({
  login: Type.String({ minLength: 1, maxLength: 64 }),
  password: Type.String({ minLength: 1, maxLength: 256 }),
});
export const DutyBody = strict({ onDuty: Type.Boolean() });
