/** A Markdown table; cells may hold anything but line breaks. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  const line = (cells: readonly string[]): string => `| ${cells.map((c) => c.replaceAll("|", "\\|")).join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)];
}

/** Words as code, separated by commas; nothing for none. */
export function codes(words: readonly string[] | undefined): string {
  return (words ?? []).map((word) => `\`${word}\``).join(", ");
}
