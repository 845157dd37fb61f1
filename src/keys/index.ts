/**
 * Keeps a node's secrets and uses them: SM2 signatures, SM3 commitments, SM4 with HMAC-SM3 for sealed values, the lock
 * of case keys, the blind index. It refuses to know what is signed or sealed and why. Certified hardware takes its
 * place behind the same port. Serves the cryptography requirement of the shared data channel.
 * @source nmg:2.3.2
 */
export { type KeyFileFault, openFileKeys, openPassingKeys } from "./file-keys.ts";
export { randomPooled, randomPooledHex } from "./random-pool.ts";
export { type OpenKeys } from "./secret-keys.ts";
