import { expect, test } from "vitest";
import { openEnded } from "./ended.ts";

test("a log-out is heard in the other tabs, by who still listens, and other messages are not taken for one", async () => {
  const channels = [1, 2].map(() => new BroadcastChannel("liandong.test"));
  const [a, b] = channels;
  if (a === undefined || b === undefined) throw new Error("no channels");
  const heard: string[] = [];
  const ended = new Promise<void>((resolve) => {
    const stop = openEnded(b).listen((user) => {
      heard.push(user);
      stop();
      resolve();
    });
  });
  a.postMessage("u-0");
  a.postMessage({ ended: 1 });
  openEnded(a).tell("u-seat");
  openEnded(a).tell("u-late");
  await ended;
  await new Promise<void>((resolve) => {
    b.addEventListener("message", ({ data }) => (data === "last" ? resolve() : undefined));
    a.postMessage("last");
  });
  for (const channel of channels) channel.close();
  expect(heard).toEqual(["u-seat"]);
});
