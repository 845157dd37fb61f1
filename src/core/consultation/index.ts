/**
 * Consultation (会商): which matters are disputed, given back and bounced so often that both sides have to talk about them, and what a
 * decision says in the catalogue. Decides what stands on the agenda and which row a decision proposes; refuses to know requests, people and
 * who signs: a proposed row is agreed like any other. Serves nmg:2.2.4, yn:3.4.
 */
export * from "./agenda.ts";
export * from "./decision.ts";
export * from "./settled.ts";
