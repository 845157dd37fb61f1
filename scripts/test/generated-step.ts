import { driftOf } from "../gen/drift.ts";
import { generators } from "../gen/generators.ts";
import { oneCheck, type Step, sum } from "./step.ts";

/** Generated files are what would be generated now; each counts as one test. */
export const generatedStep: Step = {
  name: "generated",
  title: "generated files are up to date",
  run: async ({ root }) => {
    const results = [];
    for (const generator of generators) {
      const drift = await driftOf(root, generator);
      results.push(oneCheck(`generated ${generator.file}`, drift === null ? [] : [drift]));
    }
    return sum(results);
  },
};
