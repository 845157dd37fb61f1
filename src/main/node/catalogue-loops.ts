import type { Keys } from "../../app/ports/keys.ts";
import type { HttpCarrier } from "../../exchange/http-api/index.ts";
import type { ExchangePeer } from "../../exchange/peer.ts";
import { startLoop } from "../../jobs/loop.ts";
import type { Loop } from "../../jobs/loop.ts";
import type { CatalogueDesk } from "../catalogue/catalogue-desk.ts";
import { fetchWanted } from "../catalogue/fetch-versions.ts";
import { createApprovalSender } from "../catalogue/send-approvals.ts";
import { settleAgreements } from "../catalogue/settle-agreements.ts";
import type { VersionBooks } from "../catalogue/version-books.ts";
import type { LiveRules } from "./seed.ts";

type Ports = {
  readonly desk: CatalogueDesk;
  readonly rules: LiveRules;
  readonly books: VersionBooks;
  readonly keys: Keys;
  readonly carrier: Pick<HttpCarrier, "sendApproval" | "fetchCatalogue">;
  readonly peers: () => readonly ExchangePeer[];
  readonly listen: (listener: () => void) => () => void;
  readonly log: (line: string) => void;
  readonly onFault: (where: string, fault: unknown) => void;
};

/** An operator's command is another process: what it wrote is found by looking. */
const LOOK_MS = 5_000;

/**
 * One loop puts in force what two desks have signed, while the node runs; one for each peer talks with it about that, so that a slow
 * link holds up nothing here and no other peer. @req REQ-20
 */
export function startCatalogueLoops(ports: Ports): readonly Loop[] {
  const { desk, rules, books, log, onFault } = ports;
  const configured = () => ports.peers().map(({ nodeCode }) => nodeCode);
  const agreements = startLoop({
    name: "catalogue",
    everyMs: LOOK_MS,
    onFault,
    run: async () => {
      for (const { type, after } of await settleAgreements(desk, configured()))
        log(
          `catalogue ${after.version} ${type === "confirm" ? "was signed by both desks" : "takes effect: both desks signed it"}`,
        );
      const renewed = await rules.renew();
      if (renewed === "directory") log("the directory of units has changed and is followed from now on");
      if (renewed === "catalogue") log(`catalogue ${rules.current().catalogueVersion} is judged by from now on`);
      await books.refresh();
      return false;
    },
  });
  const send = createApprovalSender(ports);
  const talks = configured().map((peer) =>
    startLoop({
      name: `catalogue exchange ${peer}`,
      everyMs: LOOK_MS,
      onFault,
      run: async () => {
        await send(peer);
        if ((await fetchWanted(ports, peer)).length > 0) agreements.wake();
        return false;
      },
    }),
  );
  ports.listen(() => {
    agreements.wake();
    for (const talk of talks) talk.wake();
  });
  return [agreements, ...talks];
}
