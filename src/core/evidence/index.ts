/** Decides how stored evidence is read by later programs: each event type has a version and steps from the older ones. Knows no store. */
export { currentVersion, upcast } from "./upcast.ts";
export type { Upcaster } from "./upcast.ts";
