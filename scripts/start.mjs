/** `npm start`: installs what is missing and starts the pair. Ctrl-C ends it and waits until everything is saved. */
import { join } from "node:path";
import { root } from "./pinned-node.mjs";
import { nodeBounds, runUnderPinnedNode } from "./with-node.mjs";

await runUnderPinnedNode(join(root, "src", "main", "cli.ts"), ["start", ...process.argv.slice(2)], nodeBounds());
