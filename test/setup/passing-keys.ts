/** Keys that live as long as a test: adapters do not know each other, their tests meet the key store here. */
export { openPassingKeys } from "../../src/keys/index.ts";
