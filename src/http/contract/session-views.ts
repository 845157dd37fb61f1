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
  {
    user: UserView,
    csrf: Text,
    onDuty: Type.Boolean(),
    expiresAt: Text,
    draftKeys: Type.Array(strict({ id: Text, key: Type.String({ pattern: "^[0-9a-f]{64}$" }) }), {
      minItems: 1,
      description: "Keys of this account for what it has half written, newest first; held in memory only",
    }),
  },
  { $id: "Session" },
);
export type SessionView = Static<typeof SessionView>;
export const LoginBody = strict({
  login: Type.String({ minLength: 1, maxLength: 64 }),
  password: Type.String({ minLength: 1, maxLength: 256 }),
});
export const DutyBody = strict({ onDuty: Type.Boolean() });
