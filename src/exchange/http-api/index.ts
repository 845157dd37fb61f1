/**
 * Carries batches over HTTP: the server's side as a handler without a framework, the sender's side as a carrier. It
 * refuses to know what a message means and which server or proxy stands before it. Serves the service interface (服务接口).
 * @source nmg:2.3.2
 */
export * from "./carrier.ts";
export * from "./exchange-fetch.ts";
export * from "./handler.ts";
export * from "./paths.ts";
