import type { House, HouseDeps } from './house.ts';
import { createDoctor, type Doctor } from './oidc/index.ts';

/** Opens the doctor of refused requests on the house's stores. */
export const openDoctor = ({ config, clock, log }: HouseDeps, house: House): Doctor =>
  createDoctor({
    issuer: config.issuer,
    ephemeral: house.storage.ephemeral,
    clock,
    sites: house.sites,
    keysOf: house.onboarding.keysOf,
    report: (refusal) => {
      log.info(refusal, 'the provider refused');
      if (refusal.clientId !== null) house.siteHealth.refused(refusal.clientId, refusal.cause);
    },
    reportFault: (traceCode, err) => log.warn({ traceCode, err }, 'a refusal could not be kept'),
  });
