import { expect, test, vi } from "vitest";
import type { DeadLetter } from "../app/ports/queries.ts";
import type { AlarmChange } from "../app/ports/store.ts";
import { instantOf } from "../kernel/index.ts";
import type { CaseId, LinkageId, MessageId, NodeCode } from "../kernel/index.ts";
import { deadLetterAlarms, startDeadLetterAlarms } from "./dead-letters.ts";

const AT = instantOf(Date.UTC(2026, 0, 5));

function aLetter(messageId: string, lane: "urgent" | "ordinary"): DeadLetter {
  return {
    messageId: messageId as MessageId,
    direction: "out",
    peer: "police-150100" as NodeCode,
    lane,
    conversation: "l" as LinkageId,
    type: "push",
    caseId: "c" as CaseId,
    error: "EXCHANGE_SCHEMA_INVALID",
    attempts: 1,
    since: AT,
  };
}

test("each message that was given up has one mark for whoever runs the node, an urgent one a red one (nmg:2.2.1)", () => {
  const raised = deadLetterAlarms([aLetter("a", "urgent"), aLetter("b", "ordinary")], [], AT);
  expect(raised).toMatchObject([
    { raise: "deadLetter", subject: "a", caseId: "c", level: 3, audience: "operator" },
    { raise: "deadLetter", subject: "b", caseId: "c", level: 1, audience: "operator" },
  ]);
});

test("a mark that stands is not raised again, and ends when its message was tried again or dealt with", () => {
  const standing = [
    { kind: "deadLetter", subject: "a" },
    { kind: "deadLetter", subject: "b" },
    { kind: "integrity", subject: "l" },
  ];
  expect(deadLetterAlarms([aLetter("a", "urgent")], standing, AT)).toEqual([
    { clear: "deadLetter", subject: "b", at: AT },
  ]);
});

test("the marks follow the letters: raised when woken, ended when the letter is gone", async () => {
  const marks = new Set<string>();
  const letters: DeadLetter[] = [];
  const write = async (alarms: readonly AlarmChange[]): Promise<void> => {
    for (const alarm of alarms) {
      if ("raise" in alarm) marks.add(alarm.subject);
      else marks.delete(alarm.subject);
    }
  };
  const loop = startDeadLetterAlarms({
    letters: async () => letters,
    standing: async () => [...marks].map((subject) => ({ kind: "deadLetter", subject })),
    write,
    clock: { now: () => AT },
    onFault: (_, fault) => {
      throw fault;
    },
  });
  letters.push(aLetter("a", "urgent"));
  loop.wake();
  await vi.waitFor(() => expect([...marks]).toEqual(["a"]));
  letters.pop();
  loop.wake();
  await vi.waitFor(() => expect([...marks]).toEqual([]));
  await loop.stop();
});
