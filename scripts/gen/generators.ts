import { errorsGenerator } from "./errors.ts";
import type { Generator } from "./generator.ts";
import { requirementsGenerator } from "./requirements.ts";

/** Everything `npm run gen` makes. */
export const generators: readonly Generator[] = [requirementsGenerator, errorsGenerator];
