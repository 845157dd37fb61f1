/** One number of a family; the labels tell the numbers of a family apart. Codes alone: no name, number or text of a request. */
export type MetricSample = {
  readonly labels: Readonly<Partial<Record<"peer" | "lane" | "kind" | "level", string>>>;
  readonly value: number;
};

/** A figure by its name, what it counts and in which unit. */
export type MetricFamily = { readonly name: string; readonly help: string; readonly samples: readonly MetricSample[] };

/** Media type of the text format. */
export const EXPOSITION_TYPE = "text/plain; version=0.0.4; charset=utf-8";

/** The families as monitors of the Prometheus kind read them (text format 0.0.4); every figure is a gauge. */
export function expositionOf(families: readonly MetricFamily[]): string {
  return families
    .flatMap(({ name, help, samples }) => [
      `# HELP ${name} ${escapeHelp(help)}`,
      `# TYPE ${name} gauge`,
      ...samples.map(({ labels, value }) => `${name}${labelsOf(labels)} ${value}`),
    ])
    .map((line) => `${line}\n`)
    .join("");
}

function labelsOf(labels: MetricSample["labels"]): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${escapeLabel(value)}"`);
  return pairs.length === 0 ? "" : `{${pairs.join(",")}}`;
}

function escapeHelp(text: string): string {
  return text.replaceAll("\\", "\\\\").replaceAll("\n", "\\n");
}

function escapeLabel(text: string): string {
  return escapeHelp(text).replaceAll('"', '\\"');
}
