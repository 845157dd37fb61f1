import type { Routes } from "../legacy/server.ts";
import type { HotlineDesk } from "./desk.ts";

/** What another system calls; docs/legacy.md, 3.2. */
export function exchangeRoutes(desk: HotlineDesk): Routes {
  return {
    "POST /openapi/order/create": (body) => desk.create(body),
    "POST /openapi/order/amend": (body) => desk.amend(body),
    "POST /openapi/order/sign": (body) => desk.sign(body),
    "POST /openapi/order/return": (body) => desk.giveBack(body, false),
    "POST /openapi/order/conclude": (body) => desk.conclude(body),
    "POST /openapi/order/callback": (body) => desk.callBack(body),
    "POST /openapi/order/urge": (body) => desk.urge(body),
    "POST /openapi/order/status": (body) => desk.status(body),
    "POST /openapi/order/detail": (body) => desk.detail(body),
  };
}

/** What the people of this desk do; docs/legacy.md, 3.3. */
export function controlRoutes(desk: HotlineDesk): Routes {
  return {
    ...desk.machine.controls(),
    "GET /control": () => desk.view(),
    "POST /control/take": (body) => desk.take(body),
    "POST /control/accept": (body) => desk.accept(body),
    "POST /control/ask": (body) => desk.ask(body),
    "POST /control/dispatch": (body) => desk.dispatch(body),
    "POST /control/sign": (body) => desk.sign(body),
    "POST /control/supervise": (body) => desk.supervise(body),
    "POST /control/return": (body) => desk.giveBack(body, true),
    "POST /control/conclude": (body) => desk.conclude(body),
    "POST /control/callback": (body) => desk.callBack(body),
    "POST /control/close": (body) => desk.close(body),
    "POST /control/find": (body) => desk.find(body),
  };
}
