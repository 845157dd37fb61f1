#!/usr/bin/env node
/** `npx liandong COMMAND ...`, inside the checkout. */
import { join } from "node:path";
import { root } from "./pinned-node.mjs";
import { nodeBounds, runUnderPinnedNode } from "./with-node.mjs";

await runUnderPinnedNode(join(root, "src", "main", "cli.ts"), process.argv.slice(2), nodeBounds());
