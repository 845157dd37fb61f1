/** Decides who may do what: roles and permissions as pure predicates over actor and request. Knows no sessions and no routes. Serves nmg:2.3.2. */
export * from "./access.ts";
