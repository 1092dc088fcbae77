import type { JWK } from 'jose';
import type { Clock } from '../../base/clock.ts';
import type { EphemeralStore } from '../../storage/ephemeral/port.ts';
import type { RecordConnection } from '../../storage/index.ts';
import type { SiteStore } from '../sites.ts';
import type { ConductWatch } from './conduct.ts';
import type { ProbeDeps } from './probe.ts';
import type { OnboardingStore } from './store.ts';

/** What bringing sites in is given from outside. */
export interface OnboardingDeps {
  connection: RecordConnection;
  ephemeral: EphemeralStore;
  clock: Clock;
  sites: SiteStore;
  issuer: string;
  /** Hosts on private networks that may be called all the same. */
  privateHosts: readonly string[];
  signingKey(): Promise<JWK>;
}

/** What a use case works with. */
export interface Work extends ProbeDeps {
  store: OnboardingStore;
  sites: SiteStore;
  ephemeral: EphemeralStore;
  watch: ConductWatch;
}

/** A sandbox and who says it is theirs. */
export interface OwnSite {
  accountId: string;
  clientId: string;
}
