import { useState } from "react";
import type { ReactNode } from "react";
import { TextField } from "../../shared/design/inputs.tsx";
import { useText } from "../../shared/i18n/text.tsx";
import { isBeginning, isPhone, oddDigits } from "./to-fields.ts";

/** The caller's number. An odd one is said when the caret has left it, softly: numbers of the world are many, and nobody is refused. */
export function PhoneField({
  value,
  onChange,
}: {
  readonly value: string;
  readonly onChange: (phone: string) => void;
}): ReactNode {
  const { t } = useText();
  const [here, setHere] = useState(false);
  // Two digits of eleven are a beginning, a word among them is none.
  const moves = !isPhone(value) && !(here && isBeginning(value));
  const odd = here ? null : oddDigits(value);
  return (
    <TextField
      label={t("register.phone")}
      type="tel"
      value={value}
      wrong={moves ? t("register.phoneBad") : null}
      hint={odd === null ? null : t("register.phoneOdd", { n: odd })}
      onCaret={setHere}
      onChange={onChange}
    />
  );
}
