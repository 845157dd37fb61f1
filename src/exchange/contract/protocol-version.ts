/** The version of the wire this node speaks. Every change of a schema raises it; `schema-history.json` records the change. @req REQ-53 */
export const PROTOCOL_VERSION = 7;

/** The oldest version this node still reads. It rises only when no node in service speaks the older one. */
export const PROTOCOL_FLOOR = 1;

/** The first version in which desks sign the catalogue for each other. @req REQ-20 */
export const CATALOGUE_PROTOCOL = 3;

/** The first version in which a version of the catalogue is given only to a peer that asks for it with its signature. @req REQ-53 */
export const CATALOGUE_REQUEST_PROTOCOL = 4;

/** The first version in which two desks tell each other of a matter and ask each other for support. @source yn:3.3 @source nmg:2.2.3 */
export const TELLING_PROTOCOL = 6;

/** The first version in which a desk works on a part beside the other desk's (联合调处). @source nmg:2.2.2 */
export const JOINT_PROTOCOL = 7;

/** Lowest and highest version a node reads, both included. */
export type ProtocolRange = { readonly min: number; readonly max: number };

export const OWN_PROTOCOLS: ProtocolRange = { min: PROTOCOL_FLOOR, max: PROTOCOL_VERSION };

/** The version two nodes speak: the highest both read; null when there is none. */
export function commonProtocol(own: ProtocolRange, peer: ProtocolRange): number | null {
  const highest = Math.min(own.max, peer.max);
  return highest >= Math.max(own.min, peer.min) ? highest : null;
}
