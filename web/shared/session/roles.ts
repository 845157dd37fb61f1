import type { Session } from "../api/reads.ts";

/** What a session's account works with. */
export function worksAtDesk(session: Session): boolean {
  return session.user.roles.some((role) => role === "callTaker" || role === "dispatcher" || role === "supervisor");
}

export function worksAtUnit(session: Session): boolean {
  return session.user.roles.includes("unitClerk");
}

export function supervises(session: Session): boolean {
  return session.user.roles.some((role) => role === "supervisor" || role === "operator");
}
