/** The stores of one node in memory: use cases know no adapter, their tests meet the stores here. */
export { createMemoryStores } from "../../src/storage/index.ts";
