/** Masks a name: first character stays, minority names with a middle dot keep their first part's first character. */
export function maskName(name: string): string {
  const first = [...name.trim()][0];
  return first === undefined ? "" : `${first}**`;
}

/** Masks a number: first three and last four digits stay when there are at least eleven, else only the last two. */
export function maskPhone(phone: string): string {
  const digits = phone.replaceAll(/\s|-/g, "");
  if (digits.length >= 11) return `${digits.slice(0, 3)}****${digits.slice(-4)}`;
  return `${"*".repeat(Math.max(0, digits.length - 2))}${digits.slice(-2)}`;
}

/** Masks the value of a sealed field by its name. */
export function maskField(field: string, value: string): string {
  if (field === "requester.name") return maskName(value);
  if (field.startsWith("requester.")) return maskPhone(value);
  return "*".repeat(Math.min(8, [...value].length));
}

const NUMBERS = /(?<!\d)(1[3-9]\d{9}|\d{17}[\dXx]|0\d{2,3}-?\d{7,8})(?!\d)/g;

/** Replaces phone and identity numbers inside free text, for lists where nobody asked to see them. */
export function maskNumbersInText(text: string): string {
  return text.replaceAll(NUMBERS, (hit) => `${hit.slice(0, 3)}****${hit.slice(-2)}`);
}
