/**
 * Decides where and how the PostgreSQL server that comes with the program runs, who may open which database of it, and how
 * it stops. Refuses to know what the databases hold. Serves P1 (nothing acknowledged is lost when the server is killed) and
 * the pair of nmg:2.3.1 on one machine with neither node able to open the other's database.
 */
export { makeFolder } from "./account.ts";
export { findSystemBinaries, type ServerBinaries } from "./binaries.ts";
export { defaultDataRoot, type DataRootEnvironment } from "./data-root.ts";
export {
  type EmbeddedServer,
  type EmbeddedServerOptions,
  killServerOf,
  startEmbeddedServer,
} from "./embedded-server.ts";
export { ensureDatabase, type NodeDatabase, type NodeDatabaseUrls, type RoleLogin, urlOf } from "./ensure-database.ts";
export { ServerError, type ServerErrorCode } from "./server-error.ts";
export type { ServerSettings } from "./settings.ts";
