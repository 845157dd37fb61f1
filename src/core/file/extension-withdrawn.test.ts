import { expect, it } from "vitest";
import type { CommandId } from "../../kernel/index.ts";
import { allowedClockFileCommands } from "./index.ts";
import type { FileCommand } from "./index.ts";
import { alarms, clockOf, dispatched, orderOf } from "./timed-desk.test-data.ts";
import { freshId, put, sealed, tell, tick } from "./two-desks.test-data.ts";
import type { Desk } from "./two-desks.test-data.ts";

const ask = (desk: Desk) =>
  ({
    type: "askExtension",
    subject: orderOf(desk),
    amount: 24,
    reason: "complex",
    note: sealed("reason.1"),
  }) as const;
const withdraw = (desk: Desk) => ({ type: "withdrawExtension", subject: orderOf(desk), note: null }) as const;

function tellAs(desk: Desk, id: string, command: FileCommand): string {
  const by = { kind: "user", id, node: desk.context.self } as const;
  return put(desk, { via: "command", id: freshId() as CommandId, at: tick(1_000), by, command });
}

it("who asked for more time takes the wish back while nobody has answered it: its mark ends, and it may be asked anew (nmg:2.2.5, REQ-70)", () => {
  const desk = dispatched();
  const { due } = clockOf(desk, "reply");
  tell(desk, ask(desk));
  expect(allowedClockFileCommands(desk.file, orderOf(desk))).toContain("withdrawExtension");
  expect(tell(desk, withdraw(desk))).toBe("ok");
  expect(alarms(desk)).toEqual([["clear", "extensionAsked"]]);
  expect(desk.log.at(-1)?.clockEvents.flatMap(({ events }) => events)).toMatchObject([
    { type: "ExtensionWithdrawn", by: { id: "u1" }, note: null },
  ]);
  expect(clockOf(desk, "reply")).toMatchObject({ asked: null, extended: 0, due });
  expect(tellAs(desk, "boss", { ...withdraw(desk), type: "approveExtension", amount: null, passOn: false })).toBe(
    "EXTENSION_NOT_ASKED",
  );
  expect(tell(desk, ask(desk))).toBe("ok");
});

it("nobody else takes it back, and nothing that was answered is taken back (nmg:2.2.5)", () => {
  const desk = dispatched();
  expect(tell(desk, withdraw(desk))).toBe("EXTENSION_NOT_ASKED");
  expect(allowedClockFileCommands(desk.file, orderOf(desk))).not.toContain("withdrawExtension");
  tell(desk, ask(desk));
  expect(tellAs(desk, "boss", withdraw(desk))).toBe("EXTENSION_NOT_OWN");
  const approve = { type: "approveExtension", subject: orderOf(desk), amount: 2, passOn: false, note: null } as const;
  expect(tellAs(desk, "boss", approve)).toBe("ok");
  expect(tell(desk, withdraw(desk))).toBe("EXTENSION_NOT_ASKED");
  expect(clockOf(desk, "reply").extended).toBe(2);
});

it("the wish is taken back also while a danger is open, for that gives no more time (nmg:2.2.1)", () => {
  const desk = dispatched();
  tell(desk, ask(desk));
  const [subject, taken] = [orderOf(desk), withdraw(desk)];
  tell(desk, { type: "danger", machineSuspected: false, sealed: [] });
  expect(allowedClockFileCommands(desk.file, subject)).toContain("withdrawExtension");
  expect(tell(desk, taken)).toBe("ok");
});
