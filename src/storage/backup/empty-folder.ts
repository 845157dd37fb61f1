import { mkdir, readdir } from "node:fs/promises";

/** Makes a folder for its owner only; false when there is something in it already. */
export async function makeEmptyFolder(dir: string): Promise<boolean> {
  await mkdir(dir, { recursive: true, mode: 0o700 });
  return (await readdir(dir)).length === 0;
}
