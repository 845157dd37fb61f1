import { dirname, isAbsolute, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The folder of the program itself. */
export const PROGRAM_ROOT: string = join(dirname(fileURLToPath(import.meta.url)), "../../..");

/** A path of the configuration: relative ones are relative to the program. */
export function programPath(path: string): string {
  return isAbsolute(path) ? path : join(PROGRAM_ROOT, path);
}
