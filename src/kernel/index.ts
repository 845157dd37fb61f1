/** What everything else is written with. Knows nothing of the domain and imports nothing. */
export * from "./brand.ts";
export * from "./day.ts";
export * from "./exhaustive.ts";
export * from "./instant.ts";
export * from "./region.ts";
export * from "./result.ts";
export * from "./sealed.ts";
