import type { Directory } from './directory/index.ts';
import type { Proposal, StaffDeps } from './staff/index.ts';

/**
 * What is done about proposals on the catalogue of types: a version that was saved without being enabled is enabled when
 * a second officer agrees, and stays as it is when not. Its subject is `code@version`.
 */
export const typeHandlers = ({ catalogue }: Pick<Directory, 'catalogue'>): StaffDeps['handlers'] => ({
  'type.version': {
    proposeAct: 'types.propose',
    approveAct: 'types.approve',
    apply: async ({ subject, history }: Proposal) => {
      const [code = '', version = ''] = subject.split('@');
      const actor = history.at(-1)?.officerId ?? 'system';
      await catalogue.setTypeEnabled({ code, version: Number(version), enabled: true, actor });
    },
  },
});
