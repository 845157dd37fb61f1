/** Forms and drawers in which somebody works; while one stands open, single letters are no commands. */
const OPEN = "form.register, form.action-form, .duty-drawer";
const FIELDS = ["form.register", "form.action-form"].map((form) => `${form} :is(input, textarea, select)`).join(", ");

/** Forms in which the words of somebody who talks are taken down. */
const TAKES_WORDS = "form[data-takes-words]";

let last: HTMLElement | null = null;

export function isFormOpen(): boolean {
  return document.querySelector(OPEN) !== null;
}

/** Whether what is written in this field is what somebody says. */
export function takesWords(field: Element): boolean {
  return field.closest(TAKES_WORDS) !== null;
}

/** Remembers in which field of an open form the caret stood last. To be called once; answers how to stop. */
export function watchFields(): () => void {
  const onFocus = ({ target }: FocusEvent) => {
    if (target instanceof HTMLElement && target.matches(FIELDS)) last = target;
  };
  document.addEventListener("focusin", onFocus);
  return () => document.removeEventListener("focusin", onFocus);
}

/** Puts the caret back into that field; false = its form is gone, or there was none. */
export function backToField(): boolean {
  if (last === null || !last.isConnected) return false;
  last.focus({ preventScroll: true });
  return true;
}
