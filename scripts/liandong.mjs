#!/usr/bin/env node
/** `npx liandong COMMAND ...`, inside the checkout. */
import { join } from "node:path";
import { root } from "./pinned-node.mjs";
import { nodeBounds, runUnderPinnedNode } from "./with-node.mjs";

const args = process.argv.slice(2);
// What serves is kept small; what imports, restores or verifies may take what it needs.
const serves = args[0] === "start" || args[0] === "node";
await runUnderPinnedNode(join(root, "src", "main", "cli.ts"), args, serves ? nodeBounds() : undefined);
