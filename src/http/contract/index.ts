/** The public API as data: schemas, command table, read table. The web imports only this of the server. */
export * from "./acts.ts";
export * from "./agreement-views.ts";
export * from "./clock-views.ts";
export * from "./commands.ts";
export * from "./consultation-views.ts";
export * from "./duty-views.ts";
export * from "./explanation-views.ts";
export * from "./field-view.ts";
export * from "./node-views.ts";
export * from "./parts.ts";
export * from "./reads.ts";
export * from "./request-views.ts";
export * from "./session-views.ts";
export * from "./standing-views.ts";
