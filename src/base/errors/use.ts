import type { ErrorEntry } from './entry.ts';

/** Refusals of a use that its person allowed and the service item does not bear. */
export const useErrors = {
  'use-trust-low': {
    status: 403,
    zh: '这份证照的可信等级（{held}）低于该事项的要求，不能用来办理。请改用等级更高的证照，或在窗口核对原件后办理。',
    en: 'The trust level of this certificate ({held}) is lower than the service item asks, so it cannot be used. Use another certificate of a higher level, or see the original at the counter.',
  },
} as const satisfies Record<string, ErrorEntry>;
