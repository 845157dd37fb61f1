import type { Phone } from "../app/ports/phone.ts";

/**
 * The phone of a desk whose switch is not wired: a person dials. The red task raised by the core, which names the number
 * (`dial`), is the alarm itself, so nothing more has to ring here and nothing is pretended.
 *
 * How a real switch driver fits: it stands beside this file, implements the same port and answers `ringing` once the switch
 * has taken the dial order (never before). Its call events (ring, answer, end) come back through a handler that `main`
 * passes in and become a contact row of the request: call id, recording id, the two numbers, the three times. The outcome
 * stays a person's: `answered` by a machine does not say that the duty officer was reached. When the switch refuses or is
 * silent, the driver throws and the task goes on by hand.
 * @source nmg:2.2.1
 */
export function createByHandPhone(): Phone {
  return { ring: async () => "byHand" };
}
