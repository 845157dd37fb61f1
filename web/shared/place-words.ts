/** Ends of names of divisions above a county: what may stand before its name in an address. */
const ABOVE = /(\u7701|\u81ea\u6cbb\u533a|\u5e02|\u76df|\u81ea\u6cbb\u5dde)$/;

/** Division and address in one line; a division that the address begins with is said once. Empty when neither is known. */
export function placeWords(division: string | null, address: string | null): string {
  if (division === null || address === null) return division ?? address ?? "";
  const at = address.indexOf(division);
  const said = at === 0 || (at > 0 && ABOVE.test(address.slice(0, at)));
  return said ? address : `${division} ${address}`;
}
