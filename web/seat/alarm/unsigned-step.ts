import { DEFAULT_LINKAGE_POLICY } from "../../../src/core/linkage/index.ts";

/**
 * How far an unsigned push has been carried up, by the time it stands in ms: 0 = it rings, 1 = too long at this desk, 2 = its
 * supervisor has been told. The times are those of the timer that raises the marks. @source nmg:a3
 */
export function unsignedStep(ms: number): 0 | 1 | 2 {
  const { urgentSignFirst, urgentSign } = DEFAULT_LINKAGE_POLICY;
  return ms < urgentSignFirst ? 0 : ms < urgentSign ? 1 : 2;
}
