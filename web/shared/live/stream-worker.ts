import { keepStream } from "../api/sse.ts";
import type { StreamState } from "../api/sse.ts";

/** What tabs say to the worker, and what it says to them. */
export type FromTab = "hello" | "alive" | "restart" | "bye";
export type ToTab =
  | { readonly is: "state"; readonly state: StreamState }
  | { readonly is: "event"; readonly event: string; readonly data: string };

/** A tab that crashed says no goodbye. */
const DEAD_AFTER_MS = 75_000;

type Tab = { readonly port: MessagePort; seen: number };

const tabs: Tab[] = [];
let stop: (() => void) | null = null;
let state: StreamState = "connecting";

function tell(message: ToTab): void {
  // A port belongs to one tab of our own origin; only windows take a target.
  // oxlint-disable-next-line unicorn/require-post-message-target-origin
  for (const tab of tabs) tab.port.postMessage(message);
}

function start(): void {
  stop ??= keepStream({
    url: "/api/stream",
    onEvent: (event) => tell({ is: "event", ...event }),
    onState: (next) => {
      state = next;
      if (next === "expired") stop = null;
      tell({ is: "state", state });
    },
  });
}

function halt(): void {
  stop?.();
  stop = null;
  state = "connecting";
}

function drop(tab: Tab): void {
  const at = tabs.indexOf(tab);
  if (at >= 0) tabs.splice(at, 1);
  if (tabs.length === 0) halt();
}

function hear(tab: Tab, said: FromTab): void {
  tab.seen = Date.now();
  if (said === "bye") drop(tab);
  if (said === "restart") halt();
  if (said === "hello" || said === "restart") {
    start();
    // oxlint-disable-next-line unicorn/require-post-message-target-origin
    tab.port.postMessage({ is: "state", state } satisfies ToTab);
  }
}

self.addEventListener("connect", (event) => {
  const port = event instanceof MessageEvent ? event.ports[0] : undefined;
  if (port === undefined) return;
  const tab: Tab = { port, seen: Date.now() };
  tabs.push(tab);
  port.addEventListener("message", (message: MessageEvent<FromTab>) => hear(tab, message.data));
  port.start();
});

setInterval(() => {
  for (const tab of tabs.filter((t) => Date.now() - t.seen > DEAD_AFTER_MS)) drop(tab);
}, 30_000);
