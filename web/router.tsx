import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Navigate,
  redirect,
} from "@tanstack/react-router";
import type { ReactNode } from "react";
import { Desk, NothingOpen } from "./seat/desk.tsx";
import { RegisterForm } from "./seat/register/register-form.tsx";
import { RequestPane } from "./seat/request/request-pane.tsx";
import { Empty } from "./shared/design/states.tsx";
import { useText } from "./shared/i18n/text.tsx";
import { worksAtDesk, worksAtUnit } from "./shared/session/roles.ts";
import { useSeat } from "./shared/session/session.tsx";
import { Shell } from "./shared/shell/shell.tsx";

function Home(): ReactNode {
  const { session } = useSeat();
  if (worksAtDesk(session)) return <Navigate to="/requests" replace />;
  return <Navigate to={worksAtUnit(session) ? "/orders" : "/supervision"} replace />;
}

function NotFound(): ReactNode {
  const { t } = useText();
  return <Empty title={t("app.notFound")} />;
}

const root = createRootRoute({ component: Shell, notFoundComponent: NotFound });
const home = createRoute({ getParentRoute: () => root, path: "/", component: Home });
const desk = createRoute({ getParentRoute: () => root, id: "desk", component: Desk });
const requests = createRoute({ getParentRoute: () => desk, path: "/requests", component: NothingOpen });
const request = createRoute({
  getParentRoute: () => desk,
  path: "/requests/$no",
  component: RequestPane,
  validateSearch: (search): { readonly act?: "amend" | "dispatch"; readonly at?: "place" } => {
    const { act, at } = search;
    if (act === "amend") return at === "place" ? { act, at } : { act };
    return act === "dispatch" ? { act } : {};
  },
  beforeLoad: ({ params }) => {
    if (!/^\d{19}$/.test(params.no)) throw redirect({ to: "/requests" });
  },
});
const register = createRoute({
  getParentRoute: () => desk,
  path: "/register",
  component: RegisterForm,
  validateSearch: ({ form }): { readonly form?: string } =>
    typeof form === "string" && /^[\da-f-]{36}$/.test(form) ? { form } : {},
});
const orders = createRoute({
  getParentRoute: () => root,
  path: "/orders",
  component: lazyRouteComponent(async () => ({ default: (await import("./unit/unit-orders.tsx")).UnitOrders })),
});
const supervision = createRoute({
  getParentRoute: () => root,
  path: "/supervision",
  component: lazyRouteComponent(async () => ({ default: (await import("./supervision/supervision.tsx")).Supervision })),
});

const agreement = createRoute({
  getParentRoute: () => root,
  path: "/agreement",
  component: lazyRouteComponent(async () => ({ default: (await import("./supervision/agreement.tsx")).Agreement })),
});

const consultation = createRoute({
  getParentRoute: () => root,
  path: "/consultation",
  component: lazyRouteComponent(async () => ({
    default: (await import("./supervision/consultation.tsx")).Consultations,
  })),
});

/** All screens and their addresses. The desk is in the first load; the others come when opened. */
export const router = createRouter({
  routeTree: root.addChildren([
    home,
    desk.addChildren([requests, request, register]),
    orders,
    supervision,
    agreement,
    consultation,
  ]),
  defaultPreload: false,
  scrollRestoration: false,
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}
