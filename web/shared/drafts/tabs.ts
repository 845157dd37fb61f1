import { useEffect, useMemo, useSyncExternalStore } from "react";
import { newKey } from "../api/client.ts";
import { openElsewhere } from "./elsewhere.ts";
import type { Line } from "./elsewhere.ts";

const ASK_MS = 10_000;
const SILENT_MS = 25_000;
/** A form that was sent drops its draft and closes; other tabs must hear of the first before the second. */
const AFTER_STORE_MS = 500;

/** Where the browser has no such line, every tab is alone. */
function lineOfTabs(): Line {
  if (typeof BroadcastChannel !== "function") return { post: () => undefined, hear: () => undefined };
  const channel = new BroadcastChannel("liandong.drafts");
  return {
    // A channel reaches tabs of our own origin only; only windows take a target.
    // oxlint-disable-next-line unicorn/require-post-message-target-origin
    post: (said) => channel.postMessage(said),
    hear: (ear) => channel.addEventListener("message", (event: MessageEvent<unknown>) => ear(event.data)),
  };
}

const tabs = openElsewhere(lineOfTabs(), newKey(), () => Date.now());
setInterval(() => tabs.ask(Date.now() - SILENT_MS), ASK_MS);
window.addEventListener("pagehide", tabs.leave);
window.addEventListener("pageshow", (event) => {
  if (event.persisted) tabs.back();
});

/** Tells other tabs that this form stands open here, so that they do not offer it as left behind. Null = none. */
export function useOpenHere(name: string | null): void {
  useEffect(() => {
    if (name === null) return undefined;
    const release = tabs.hold(name);
    return () => void setTimeout(release, AFTER_STORE_MS);
  }, [name]);
}

/** Which drafts stand open in other tabs; the answer changes with every one that is opened or closed there. */
export function useOpenElsewhere(): { readonly has: (name: string) => boolean; readonly version: number } {
  const version = useSyncExternalStore(tabs.listen, tabs.version);
  return useMemo(() => ({ has: tabs.has, version }), [version]);
}
