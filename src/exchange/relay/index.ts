/**
 * Takes what was committed to the outbox to the peers, urgent before and beside ordinary, until each message is
 * receipted or lies as a dead letter. It refuses to know which carrier takes it and what a message means.
 * @source nmg:2.2.1
 */
export * from "./link-states.ts";
export * from "./memory-outbox.ts";
export * from "./ports.ts";
export * from "./relay.ts";
