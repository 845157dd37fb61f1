/**
 * The public API of a node: routes from the contract's tables, sessions in cookies, refusals as problem details, the live stream, and
 * the screens' files. Decides nothing about requests: it asks the application through AppApi. Serves nmg:2.3.1, nmg:2.3.2.
 */
export type * from "./app-api.ts";
export type { ExchangeAnswer, ExchangeHandlers } from "./exchange.ts";
export { openApiText } from "./openapi.ts";
export { OTHER_ROUTES } from "./other-routes.ts";
export { errorList, findProblem, groundsOfProblem, policyOfProblem, problemList } from "./problems/index.ts";
export type { RefusalCode } from "./problems/index.ts";
export type { MetricsAccess } from "./metrics/access.ts";
export type { MetricFamily, MetricSample } from "./metrics/exposition.ts";
export type { Metrics } from "./routes/metrics.ts";
export type { HealthCheck } from "./routes/operation.ts";
export { createHttpServer } from "./server.ts";
export type { HttpServerOptions } from "./server.ts";
