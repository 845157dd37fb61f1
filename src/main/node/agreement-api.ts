import { may } from "../../core/access/index.ts";
import type { Actor } from "../../core/access/index.ts";
import { diffCatalogues } from "../../core/catalogue/index.ts";
import type { Accounts } from "../../app/ports/accounts.ts";
import type { Deps } from "../../app/deps.ts";
import type { AppApi, AppRefusal } from "../../http/index.ts";
import { err, ok } from "../../kernel/index.ts";
import type { Result } from "../../kernel/index.ts";
import { agreementBoard } from "../catalogue/agreement-board.ts";
import { approveVersion } from "../catalogue/approve-version.ts";
import { standingOf } from "../catalogue/catalogue-desk.ts";
import type { CatalogueDesk } from "../catalogue/catalogue-desk.ts";
import { catalogueOfVersion } from "../catalogue/kept-catalogue.ts";
import { problemLine } from "./seed-error.ts";

export type AgreementPorts = {
  readonly deps: Pick<Deps, "peers" | "keys" | "wake"> & { readonly node: Pick<Deps["node"], "home"> };
  readonly desk: CatalogueDesk;
  readonly accounts: Pick<Accounts, "users">;
};

/** The part of the public API by which the catalogue is agreed. */
export type AgreementApi = Pick<AppApi, "agreement" | "versionChanges" | "approveVersion">;

/** So many rows of a difference are shown; a whole other plan has thousands, and the command line has them all. */
const ROWS_MOST = 500;

/** What whoever signs the catalogue for this desk sees and does. @req REQ-20 */
export function agreementApi({ deps, desk, accounts }: AgreementPorts): AgreementApi {
  const peers = () => deps.peers().map(({ nodeCode }) => nodeCode);
  // A version binds the whole node: whoever answers for one county of it does not sign.
  const maySign = (actor: Actor): boolean => may(actor, "approveCatalogue", { place: deps.node.home, units: [] });
  return {
    agreement: async (actor) => {
      if (!maySign(actor)) return err({ code: "FORBIDDEN" });
      const names = new Map<string, string>((await accounts.users()).map(({ id, displayName }) => [id, displayName]));
      return ok(agreementBoard(await standingOf(desk, peers()), (id) => names.get(id) ?? null));
    },
    versionChanges: async (actor, version) => (maySign(actor) ? changesOf(desk, version) : err({ code: "FORBIDDEN" })),
    approveVersion: async (actor, { version, digest, peer }) => {
      if (!maySign(actor)) return err({ code: "FORBIDDEN" });
      const known = peers().find((code) => code === peer);
      if (known === undefined) return err({ code: "PEER_UNKNOWN", params: { nodeCode: peer } });
      const kept = await desk.versions.findVersion(version);
      if (kept !== null && kept.digest !== digest) return err({ code: "VERSION_DIFFERS", params: { version } });
      const approved = await approveVersion(desk, deps.keys, { version, peers: [known], user: actor.id });
      if (!approved.ok) {
        const problems = approved.error.problems.map(problemLine).join("; ");
        return err({ code: approved.error.code, params: { version, problems } });
      }
      deps.wake.wake("catalogue");
      return ok(null);
    },
  };
}

async function changesOf(
  { versions }: CatalogueDesk,
  version: string,
): Promise<Result<Extract<Awaited<ReturnType<AppApi["versionChanges"]>>, { ok: true }>["value"], AppRefusal>> {
  const [current, kept] = [await versions.inForce(), await versions.findVersion(version)];
  if (kept === null || current === null) return err({ code: "VERSION_UNKNOWN", params: { version } });
  const changes = diffCatalogues(await catalogueOfVersion(versions, current), await catalogueOfVersion(versions, kept));
  const rows = changes.slice(0, ROWS_MOST).map((change) => ({ ...change, fields: [...change.fields] }));
  return ok({ from: current.version, to: kept.version, rows, more: changes.length - rows.length });
}
