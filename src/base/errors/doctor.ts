import type { ErrorEntry } from './entry.ts';

/** Refusals about looking up why a site's request was refused. */
export const doctorErrors = {
  'trace-not-found': {
    status: 404,
    zh: '没有这个诊断码，或者它属于别的网站，或者已超过 7 天。请核对后再输入。',
    en: 'There is no such trace code, or it is of another site, or older than 7 days. Check it and enter it again.',
  },
} as const satisfies Record<string, ErrorEntry>;
