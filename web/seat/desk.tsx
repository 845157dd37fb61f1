import { Outlet, useRouterState } from "@tanstack/react-router";
import { Fragment } from "react";
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

const LEGEND = [
  ["F9", "key.danger"],
  ["F4", "key.newRequest"],
  ["\u2191 \u2193", "key.upDown"],
  ["Enter", "key.enter"],
  ["1 \u2013 5", "key.views"],
  ["?", "key.sheet"],
] as const;

/** Nothing open yet: what the keys do. */
export function NothingOpen(): ReactNode {
  const { t } = useText();
  return (
    <div className="pane nothing">
      <Empty title={t("request.choose")} />
      <dl className="keys-legend">
        {LEGEND.map(([key, words]) => (
          <Fragment key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{t(words)}</dd>
          </Fragment>
        ))}
      </dl>
    </div>
  );
}
