import { abuseSection } from './abuse.tsx';
import { agreementsSection } from './agreements.tsx';
import { auditSection } from './audit.tsx';
import { certificatesSection } from './certificates.tsx';
import { counterCheckSection } from './counter-check.tsx';
import { counterMandatesSection } from './counter-mandates.tsx';
import { mappingsSection } from './mappings.tsx';
import { objectionsSection } from './objections.tsx';
import { officersSection } from './officers.tsx';
import { peersSection } from './peers.tsx';
import { photosSection } from './photos.tsx';
import { proposalsSection } from './proposals.tsx';
import { recoveriesSection } from './recoveries.tsx';
import type { Section } from './section.ts';
import { sitesSection } from './sites.tsx';
import { supervisionSection } from './supervision.tsx';
import { typesSection } from './types.tsx';

/** The parts of the console, in the order the first page names them; a further part is one more line here. */
export const sections: readonly Section[] = [
  proposalsSection,
  certificatesSection,
  typesSection,
  photosSection,
  agreementsSection,
  objectionsSection,
  mappingsSection,
  peersSection,
  recoveriesSection,
  counterCheckSection,
  counterMandatesSection,
  sitesSection,
  officersSection,
  supervisionSection,
  auditSection,
  abuseSection,
];
