import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { callApi } from "../api/client.ts";
import { sessionQuery } from "../api/reads.ts";
import { useText } from "../i18n/text.tsx";
import { useKeys } from "../keys/keys.tsx";
import { useSeat } from "../session/session.tsx";

/** On duty or not: only an on-duty seat makes an urgent push count as delivered. */
export function DutySwitch(): ReactNode {
  const { t } = useText();
  const { session } = useSeat();
  const client = useQueryClient();
  const change = useMutation({
    networkMode: "always",
    mutationFn: (onDuty: boolean) => callApi("/session/duty", { method: "PUT", body: { onDuty } }),
    onSettled: () => client.invalidateQueries({ queryKey: sessionQuery.queryKey }),
  });
  const toggle = () => change.mutate(!session.onDuty);
  // Not a single key and far from F9: nobody must go off duty by a slip of the hand.
  useKeys([{ combo: "Ctrl+B", label: "key.duty", run: toggle, enabled: !change.isPending, anywhere: true }]);
  return (
    <button
      type="button"
      role="switch"
      aria-checked={session.onDuty}
      aria-label={t("duty.switch")}
      className="duty"
      disabled={change.isPending}
      title={`${t("key.duty")} (Ctrl+B)`}
      onClick={toggle}
    >
      <i aria-hidden="true" />
      <span aria-hidden="true">{session.onDuty ? t("duty.on") : t("duty.off")}</span>
    </button>
  );
}
