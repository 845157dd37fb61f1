import bounds from "./node-bounds.json" with { type: "json" };

/**
 * How a node process keeps its memory small; read by the start scripts too, so that one node by its configuration file has
 * the same bounds. A young generation of 4 MB; an old one that may have 512 MB (some 45 live), which makes V8 collect after 1.6
 * times of what lives instead of 4 times; two arenas of the C library instead of eight a processor, which give back what is free
 * early (its own thresholds grow with use). Measured on the hotline node after 13,000 registrations by 8 clients: 405 to 446 MB
 * resident without bounds, 240 MB with 1 GB and the thresholds that grow, 228 MB with all (glibc; docs/benchmarks.md has
 * the figure of a whole run).
 */
export const NODE_ARGUMENTS: readonly string[] = bounds.arguments;
export const NODE_ENVIRONMENT: Readonly<Record<string, string>> = bounds.environment;
