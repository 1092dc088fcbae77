import type { ErrorEntry } from './entry.ts';

/** Refusals about frameworks that many regions join. */
export const frameworkErrors = {
  'framework-missing': {
    status: 409,
    zh: '要加入的框架协议不在本地，或文本不同、已经失效，没有签署。请等运营方重新送达，再按最新文本起草加入文件。',
    en: 'The framework to be joined is not here, has another text, or is over, and nothing was signed. Wait for its operator to send it again, then draft the accession on its latest text.',
  },
} as const satisfies Record<string, ErrorEntry>;
