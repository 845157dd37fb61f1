/** `npm test`: installs what is missing and runs every check. `npm test -- unit pg` runs only those steps. */
import { join } from "node:path";
import { root } from "./pinned-node.mjs";
import { runUnderPinnedNode } from "./with-node.mjs";

await runUnderPinnedNode(join(root, "scripts", "test", "run.ts"), process.argv.slice(2));
