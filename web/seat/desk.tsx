import { Outlet, useRouterState } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { Empty } from "../shared/design/states.tsx";
import { useText } from "../shared/i18n/text.tsx";
import { Queue } from "./queue/queue.tsx";

/** Queue on the left, what is open beside it. On a narrow screen one of both. */
export function Desk(): ReactNode {
  const detail = useRouterState({ select: (state) => state.location.pathname !== "/requests" });
  return (
    <div className={detail ? "desk detail" : "desk"}>
      <Queue />
      <Outlet />
    </div>
  );
}

/** Nothing open yet. */
export function NothingOpen(): ReactNode {
  const { t } = useText();
  return (
    <div className="pane nothing">
      <Empty title={t("request.choose")} />
    </div>
  );
}
