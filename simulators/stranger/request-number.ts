/** The operation table of the check digit of Damm (2004). */
const TABLE = [
  "0317598642",
  "7092154863",
  "4206871359",
  "1750983426",
  "6123045978",
  "3674209581",
  "5869720134",
  "8945362017",
  "9438617205",
  "2581436790",
];
const POLICE = "2";
const CHINA_AHEAD_MS = 8 * 3_600_000;

/** Number of a request registered here: region, side, day in China, number of the day, check digit (linkage-exchange 2.7). */
export function requestNumber(region: string, now: Date, serial: number): string {
  const day = new Date(now.getTime() + CHINA_AHEAD_MS).toISOString().slice(2, 10).replaceAll("-", "");
  const digits = `${region}${POLICE}${day}${String(serial).padStart(5, "0")}`;
  return `${digits}${checkDigit(digits)}`;
}

function checkDigit(digits: string): number {
  let interim = 0;
  for (const digit of digits) interim = Number(TABLE[interim]?.[Number(digit)]);
  return interim;
}
