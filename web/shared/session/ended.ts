/** Tells the other tabs of this browser that an account logged out, and hears it from them. */
export type Ended = {
  readonly tell: (user: string) => void;
  readonly listen: (ear: (user: string) => void) => () => void;
};

type Channel = Pick<BroadcastChannel, "postMessage" | "addEventListener" | "removeEventListener">;

/** All tabs have one cookie: a log-out in one ends the session of all, and none may go on showing or writing what was said. */
export function openEnded(channel: Channel): Ended {
  return {
    tell: (user) => channel.postMessage({ ended: user }),
    listen: (ear) => {
      const hear = ({ data }: MessageEvent<unknown>) => {
        if (typeof data !== "object" || data === null || !("ended" in data)) return;
        if (typeof data.ended === "string") ear(data.ended);
      };
      channel.addEventListener("message", hear);
      return () => channel.removeEventListener("message", hear);
    },
  };
}
