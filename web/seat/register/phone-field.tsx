import { useState } from "react";
import type { ReactNode } from "react";
import { TextField } from "../../shared/design/inputs.tsx";
import { useText } from "../../shared/i18n/text.tsx";
import { isPhone, oddDigits } from "./to-fields.ts";

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
  const odd = here ? null : oddDigits(value);
  return (
    <TextField
      label={t("register.phone")}
      type="tel"
      value={value}
      wrong={isPhone(value) ? null : t("register.phoneBad")}
      hint={odd === null ? null : t("register.phoneOdd", { n: odd })}
      onCaret={setHere}
      onChange={onChange}
    />
  );
}
