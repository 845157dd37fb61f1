import { configurationGenerator } from "./configuration.ts";
import { disclosureGenerator } from "./disclosure.ts";
import { errorsGenerator } from "./errors.ts";
import type { Generator } from "./generator.ts";
import { linkageGenerator } from "./linkage.ts";
import { messagesGenerator } from "./messages.ts";
import { openapiGenerator } from "./openapi.ts";
import { permissionsGenerator } from "./permissions.ts";
import { requirementsGenerator } from "./requirements.ts";
import { stateDiagramsGenerator } from "./state-diagrams.ts";

/** Everything `npm run gen` makes. docs/generated/schema.sql needs a server: src/storage/schema-page.pg.test.ts keeps it. */
export const generators: readonly Generator[] = [
  requirementsGenerator,
  errorsGenerator,
  openapiGenerator,
  stateDiagramsGenerator,
  permissionsGenerator,
  disclosureGenerator,
  configurationGenerator,
  linkageGenerator,
  messagesGenerator,
];
