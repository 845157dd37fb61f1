import type { zhDesk } from "./zh-desk.ts";

/** Words around the screens of a desk, English; zh-desk.ts sets the keys. */
export const enDesk = {
  "queue.returned": "Returned, yours to decide",
  "logout.title": "{n} drafts are not sent yet",
  "logout.what": "Logging out drops them, in every tab of this browser.",
  "logout.back": "Stay logged in",
  "login.locked": "Too many tries: wait another {n} s.",
  "login.again": "You may try again now.",
  "idle.nothingToSign": "No urgent push waits for a signature.",
  "idle.acceptWhat": "F2 accepts a hand-over: open one from “Incoming” first. In danger press F9.",
  "idle.nothingToAccept": "Nothing here waits to be accepted by this desk. In danger press F9.",
  "idle.noDraft": "No registration was left half written.",
  "idle.noMoreAlarms": "All alarms are shown.",
  "idle.handOverWhat": "F8 hands over: open a request first.",
  "idle.notToHandOver": "This request cannot be handed over now.",
} as const satisfies Record<keyof typeof zhDesk, string>;
