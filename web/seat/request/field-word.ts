import type { TranslateCode } from "../../shared/i18n/text.tsx";

/** What a sealed field is called: by its whole name, else by the family it belongs to (`basis.7` is a basis). */
export function fieldWord(field: string, code: TranslateCode): string {
  const whole = code("field", field);
  if (whole !== field) return whole;
  const [family = field] = field.split(".");
  const word = code("field", family === "note" ? "addition" : family);
  return word === family ? field : word;
}
