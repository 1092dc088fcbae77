import { integer, type KeyDeclaration } from './declaration.ts';

/** The key of how long what happened stays at hand. The law's six months for network logs are known from memory. */
export const auditKeys = {
  YIHAO_AUDIT_RETENTION_DAYS: {
    parse: integer(183, 36_500),
    fallback: '183',
    form: 'days',
    meaning:
      'How long audit entries stay in the store at least; `yihao audit prune` takes out no younger ones. Six months are the least.',
  },
} as const satisfies Record<string, KeyDeclaration>;
