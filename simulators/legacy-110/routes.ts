import { type Body, textIn } from "../legacy/body.ts";
import type { Routes } from "../legacy/server.ts";
import type { PoliceDesk } from "./desk.ts";
import { KINDS, MESSAGES } from "./messages.ts";

/** What 12345 calls; docs/legacy.md, 2.2. With tables nobody calls. */
export function exchangeRoutes(desk: PoliceDesk): Routes {
  const incoming = KINDS.filter((kind) => kind !== "M1");
  return Object.fromEntries(
    incoming.map((kind) => [
      `POST /api/12345/${MESSAGES[kind].path}`,
      (body: Body) => {
        desk.receive(kind, body);
        return undefined;
      },
    ]),
  );
}

/** What the people of this desk do; docs/legacy.md, 2.6. */
export function controlRoutes(desk: PoliceDesk): Routes {
  const done = (act: (body: Body) => void) => (body: Body) => {
    act(body);
    return { now: textIn(desk.machine.view(), "now") };
  };
  return {
    ...desk.machine.controls(),
    "GET /control": () => desk.view(),
    "POST /control/take": (body) => desk.take(body),
    "POST /control/push": done((body) => desk.push(body)),
    "POST /control/sign": (body) => desk.sign(body),
    "POST /control/dispatch": done((body) => desk.dispatch(body)),
    "POST /control/return": done((body) => desk.giveBack(body)),
    "POST /control/feedback": done((body) => desk.feedBack(body)),
    "POST /control/callback": done((body) => desk.callBack(body)),
  };
}
