/**
 * Responsibility (责任): whether this node is responsible for a part of a request, from its own log alone.
 * Section 3 and 6 of the linkage table; it refuses to know clocks, screens or what the other node thinks.
 * Serves nmg:2.2.1, nmg:2.2.2 (首接责任制), nmg:a3.
 */
export * from "./responsibility.ts";
