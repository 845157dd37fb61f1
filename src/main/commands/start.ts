import { AlreadyRunning } from "../pair/lock.ts";
import { greeting } from "../pair/greeting.ts";
import { startPair } from "../pair/start-pair.ts";
import { complain, parseArguments, say, UsageError } from "./command.ts";
import type { Command } from "./command.ts";

/** `npm start`: the demonstration pair until Ctrl-C. */
export const startCommand: Command = {
  name: "start",
  summary: ["启动演示双平台（12345与110）", "start the demonstration pair (12345 and 110)"],
  usage: "start [--neighbours] [--data FOLDER] [--hotline-port N] [--police-port N] [--no-screens]",
  run: async (args) => {
    if (process.env["LIANDONG_ENV"] === "production") {
      complain("生产环境不启动演示双平台，请用 node --config 启动单个节点");
      complain(
        "production does not run the demonstration pair: start each node with `npx liandong node --config FILE`",
      );
      return 1;
    }
    const { values, flags } = parseArguments(args, {
      values: ["data", "hotline-port", "police-port"],
      flags: ["no-screens", "neighbours"],
    });
    const started = Date.now();
    // Listening from the first moment: who is told to stop while starting must not leave a server or a node behind.
    const told = untilTold();
    try {
      const pair = await startPair({
        log: (line) => say(`[${((Date.now() - started) / 1000).toFixed(1).padStart(5)} s] ${line}`),
        screens: !flags.has("no-screens"),
        neighbours: flags.has("neighbours"),
        ports: portsOf(values),
        ...(values["data"] === undefined ? {} : { dataRoot: values["data"] }),
      });
      for (const line of greeting(pair)) say(line);
      await told;
      say("正在停止 stopping…");
      await pair.stop();
      say("已停止，数据已保存 stopped; everything is saved");
      return 0;
    } catch (fault) {
      if (!(fault instanceof AlreadyRunning)) throw fault;
      complain(`联动已在运行（进程 ${fault.pid}） Liandong is already running (process ${fault.pid})`);
      for (const [name, url] of Object.entries(fault.urls)) complain(`  ${name}: ${url}`);
      complain(
        "  停止：在它的窗口按 Ctrl-C；口令印在那里 to stop it: Ctrl-C in its window, where the passwords are printed too",
      );
      return 1;
    }
  },
};

function portOf(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new UsageError(`--${name} 须为端口 must be a port, 0 to 65535`);
  return port;
}

function portsOf(values: Readonly<Record<string, string>>): { readonly hotline?: number; readonly police?: number } {
  const hotline = portOf("hotline-port", values["hotline-port"]);
  const police = portOf("police-port", values["police-port"]);
  return { ...(hotline === undefined ? {} : { hotline }), ...(police === undefined ? {} : { police }) };
}

/**
 * Resolves at Ctrl-C, SIGTERM, the end of the terminal, or when the starter of this process is gone. The signals stay caught:
 * a second one must not break off the shutdown and leave a server behind.
 */
export function untilTold(): Promise<void> {
  // What is still said after the terminal was closed is lost; an error of its stream would end the shutdown.
  for (const stream of [process.stdout, process.stderr]) stream.on("error", () => undefined);
  return new Promise((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => resolve());
    process.once("disconnect", () => resolve());
  });
}
