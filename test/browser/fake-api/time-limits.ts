import type { Static } from "typebox";
import type { ClockView, TimeSpentView } from "../../../src/http/contract/index.ts";
import { EXTENSION_REASONS } from "../../../src/core/file/index.ts";
import type { Order } from "./world.ts";

type Clock = Static<typeof ClockView>;
const HOUR = 3_600_000;

const words = (value: unknown) => ({ showing: "clear", value: String(value ?? ""), revealable: false }) as const;

/** The time to reply, as it is until somebody does something to it. */
export function clockOf(order: Order): Clock | null {
  if (order.kind !== "work" || order.endedAt !== null) return null;
  const dueAt = new Date(Date.parse(order.dispatchedAt) + 24 * HOUR).toISOString();
  const still = { pauseReason: null, note: null, awaitUntil: null } as const;
  const fresh = { stage: "reply", status: "running", dueAt, provisional: false, unit: "naturalHours" } as const;
  return order.clock ?? { ...fresh, ...still, extended: 0, extensionLeft: 10, asked: null };
}

/** Commands on it that are open, whoever asks. */
export function clockAllowed(order: Order): string[] {
  const clock = clockOf(order);
  if (clock === null) return [];
  if (clock.status !== "running") return ["resumeClock"];
  return [
    "pauseClock",
    "awaitRequester",
    ...(clock.asked === null ? ["askExtension"] : ["approveExtension", "refuseExtension", "withdrawExtension"]),
  ];
}

/** Carries one out; null = it is none of these. The type of its event otherwise. */
export function onClock(name: string, order: Order, body: Readonly<Record<string, unknown>>): string | null {
  const clock = clockOf(order);
  if (clock === null) return null;
  const at = new Date().toISOString();
  switch (name) {
    case "askExtension": {
      const reason = EXTENSION_REASONS.find((one) => one === body["reason"]) ?? "other";
      order.clock = {
        ...clock,
        asked: { amount: Number(body["amount"]), reason, note: words(body["note"]), at, wantedAt: at, own: false },
      };
      return "ExtensionAsked";
    }
    case "approveExtension":
      order.clock = {
        ...clock,
        extended: clock.extended + Number(body["amount"] ?? clock.asked?.amount ?? 0),
        asked: null,
      };
      return "ExtensionApproved";
    case "withdrawExtension":
      order.clock = { ...clock, asked: null };
      return "ExtensionWithdrawn";
    case "awaitRequester":
      order.clock = { ...clock, status: "awaitingRequester", dueAt: null, awaitUntil: at, note: words(body["note"]) };
      return "RequesterAwaited";
    case "resumeClock":
      delete order.clock;
      return "ClockResumed";
    default:
      return null;
  }
}

/** Where the time of each order went: an hour at the desk, then its unit has it. */
export function spentOn(desk: string, orders: readonly Order[]): Static<typeof TimeSpentView>[] {
  return orders
    .filter(({ kind }) => kind === "work")
    .map(({ id, unit, unitName, dispatchedAt, endedAt }) => ({
      stage: "reply",
      subject: id,
      startedAt: dispatchedAt,
      stoppedAt: endedAt,
      lateWith: { owner: unit, unitName },
      shares: [
        { owner: desk, unitName: null, runningMinutes: 60, workedMinutes: 60 },
        { owner: unit, unitName, runningMinutes: 1_515, workedMinutes: 480 },
      ],
    }));
}
