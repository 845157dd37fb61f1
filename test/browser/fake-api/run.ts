import { seedWorld } from "./seed.ts";
import { startFakeApi } from "./server.ts";

/** For looking at the screens by hand: both desks on fixed ports until stopped. */
const api = await startFakeApi(seedWorld(), { hotline: 8012, police: 8110 });
process.stdout.write(
  `${api.url.hotline} (12345), ${api.url.police} (110); logins seat, super, unit, ops; password demo\n`,
);
