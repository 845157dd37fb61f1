/**
 * Decides the life of one order to a handling unit or to officers (派单, 派警): dispatched, acknowledged, arrived, replied, recalled.
 * Knows nothing of deadlines, returns or supervision. Serves nmg:2.2.1, nmg:2.2.2.
 */
export * from "./decide.ts";
export * from "./order.ts";
