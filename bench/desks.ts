import type { Desks } from "./desk-load.ts";
import type { Pair } from "./pair.ts";
import { openSeat } from "./seat.ts";
import type { Seat } from "./seat.ts";

const SEATS = 6;

/** So many logged-in seats at each desk, used in turn; one may ask 50 times a second. */
export async function openDesks(pair: Pair, count = SEATS): Promise<Desks> {
  const open = async (node: "hotline" | "police", login: string): Promise<() => Seat> => {
    const seats: Seat[] = [];
    // One after the other: five log-ins of one account at once count as guessing.
    while (seats.length < count) seats.push(await openSeat(pair.account(node, login)));
    let turn = 0;
    return () => {
      const seat = seats[turn++ % seats.length];
      if (seat === undefined) throw new Error("no seat");
      return seat;
    };
  };
  return { hotline: await open("hotline", "agent1"), police: await open("police", "taker2") };
}
