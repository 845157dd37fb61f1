import { complain, say, UsageError } from "./commands/command.ts";
import type { Command } from "./commands/command.ts";
import { backupCommand, restoreCommand } from "./commands/backup.ts";
import { catalogueCommand } from "./commands/catalogue.ts";
import { configCommand } from "./commands/config.ts";
import { directoryCommand } from "./commands/directory.ts";
import { keysCommand } from "./commands/keys.ts";
import { nodeCommand } from "./commands/node.ts";
import { doctorCommand } from "./doctor/doctor-command.ts";
import { importCommand, replayCommand } from "./commands/simulators.ts";
import { startCommand } from "./commands/start.ts";
import { unitsCommand } from "./commands/units.ts";
import { userCommand } from "./commands/user.ts";
import { verifyCommand } from "./commands/verify.ts";
import { faultWords } from "./fault-words.ts";
import { VERSION } from "./version.ts";

/** Every command of `npx liandong`, in the order of the help. */
const COMMANDS: readonly Command[] = [
  startCommand,
  nodeCommand,
  doctorCommand,
  configCommand,
  keysCommand,
  userCommand,
  catalogueCommand,
  directoryCommand,
  unitsCommand,
  backupCommand,
  restoreCommand,
  verifyCommand,
  importCommand,
  replayCommand,
];

async function main(argv: readonly string[]): Promise<number> {
  const [name, ...args] = argv;
  if (name === undefined || name === "help" || name === "--help" || name === "-h") return help();
  if (name === "--version") {
    say(VERSION);
    return 0;
  }
  const command = COMMANDS.find((c) => c.name === name);
  if (command === undefined) {
    complain(
      `没有命令 ${name}；npx liandong --help 列出全部命令 / there is no command ${name}; see npx liandong --help`,
    );
    return 2;
  }
  const ownHelp = command === importCommand || command === replayCommand;
  if (!ownHelp && (args.includes("--help") || args.includes("-h"))) {
    say(`npx liandong ${command.usage}`);
    for (const line of command.summary) say(`  ${line}`);
    return 0;
  }
  return runCommand(command, args);
}

async function runCommand(command: Command, args: readonly string[]): Promise<number> {
  try {
    return await command.run(args);
  } catch (fault) {
    complain(faultWords(fault));
    if (fault instanceof UsageError) {
      complain(`npx liandong ${command.usage}`);
      return 2;
    }
    return 1;
  }
}

function help(): number {
  say("联动 Liandong: 12345 与 110 联动 / links 12345 and 110");
  say("");
  for (const { usage, summary } of COMMANDS) {
    say(`npx liandong ${usage}`);
    say(`    ${summary[0]}`);
    say(`    ${summary[1]}`);
  }
  say("");
  say("npx liandong COMMAND --help");
  return 0;
}

process.exitCode = await main(process.argv.slice(2));
// Worker threads and sockets of a failed command must not keep the process alive.
process.exit();
