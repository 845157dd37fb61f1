/**
 * Decides who is logged in: passwords, sessions, duty, and how guessing is slowed. Knows no cookies, no routes and no tables.
 * Serves nmg:2.3.2 (only who may know, knows) and nmg:2.2.1 (a push needs a seat on duty).
 */
export * from "./draft-keys.ts";
export * from "./live-session.ts";
export * from "./lockout.ts";
export * from "./log-in.ts";
export * from "./password.ts";
export * from "./sessions.ts";
