import { auditSection } from './audit.tsx';
import { officersSection } from './officers.tsx';
import { photosSection } from './photos.tsx';
import { proposalsSection } from './proposals.tsx';
import type { Section } from './section.ts';

/** The parts of the console, in the order the first page names them; a further part is one more line here. */
export const sections: readonly Section[] = [proposalsSection, photosSection, officersSection, auditSection];
