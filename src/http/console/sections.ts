import { agreementsSection } from './agreements.tsx';
import { auditSection } from './audit.tsx';
import { certificatesSection } from './certificates.tsx';
import { officersSection } from './officers.tsx';
import { peersSection } from './peers.tsx';
import { photosSection } from './photos.tsx';
import { proposalsSection } from './proposals.tsx';
import type { Section } from './section.ts';
import { typesSection } from './types.tsx';

/** The parts of the console, in the order the first page names them; a further part is one more line here. */
export const sections: readonly Section[] = [
  proposalsSection,
  certificatesSection,
  typesSection,
  photosSection,
  agreementsSection,
  peersSection,
  officersSection,
  auditSection,
];
