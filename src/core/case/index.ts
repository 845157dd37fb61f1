/**
 * Decides the life of one node's copy of a request: registered, taken up, ordered out, concluded, called back, closed.
 * Refuses to know the other desk: who is responsible comes in as a fact (core/responsibility), and hand-overs are core/linkage.
 * Serves nmg:2.1, nmg:2.2.1, nmg:3.3.
 */
export * from "./call-outcome.ts";
export * from "./call.ts";
export * from "./case.ts";
export * from "./command.ts";
export * from "./decide.ts";
export * from "./event.ts";
export * from "./evolve.ts";
export * from "./next-step.ts";
export * from "./notes.ts";
export * from "./table.ts";
