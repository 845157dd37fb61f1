import { errorList } from "../../src/http/index.ts";
import { type Generator, madeBy } from "./generator.ts";

/** docs/generated/errors.md: every refusal of the public API with status, texts and clause. */
export const errorsGenerator: Generator = {
  name: "errors",
  file: "docs/generated/errors.md",
  make: () => `${madeBy}\n${errorList()}`,
};
