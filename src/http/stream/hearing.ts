import type { ActingUser } from "../../app/sessions/index.ts";
import type { FeedFrame } from "../app-api.ts";

/** Whether somebody may hear of a frame. */
export type MayHear = (actor: ActingUser, frame: FeedFrame) => boolean;

/** What decides about hearing: roles, regions, unit. Never the person, so that a thousand seats cost a few questions. */
export function scopeOf(actor: ActingUser): string {
  return JSON.stringify([actor.roles, actor.regions, actor.unit]);
}

/** Who may hear of one frame; clients of the same scope share one question. */
export function hearersOf(
  mayHear: MayHear,
  frame: FeedFrame,
): (client: { readonly actor: ActingUser; readonly scope: string }) => boolean {
  const known = new Map<string, boolean>();
  return ({ actor, scope }) => {
    const heard = known.get(scope) ?? mayHear(actor, frame);
    known.set(scope, heard);
    return heard;
  };
}
