import { expect, test } from "vitest";
import { ACCESS_TABLE } from "../../core/access/index.ts";
import { UsageError } from "./command.ts";
import { userCommand } from "./user.ts";

test("the help of user lists every role that the permissions know, in both languages", () => {
  const roles = new Set(ACCESS_TABLE.flatMap(({ roles: named }) => [...named]));
  const lines = userCommand.usage.split("\n");
  for (const role of roles)
    expect(lines.filter((line) => new RegExp(`^ +${role} +\\p{Script=Han}.* [a-z]`, "u").test(line))).toHaveLength(1);
  expect(lines.length).toBeGreaterThan(roles.size);
});

test("without a login the command is refused with its usage", async () => {
  await expect(userCommand.run(["set"])).rejects.toThrow(UsageError);
});
