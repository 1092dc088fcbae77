import { z } from 'zod';
import { httpUrl, type KeyDeclaration } from './declaration.ts';

/** The keys of the mini-program (微信小程序) through which people come. */
export const miniProgramKeys = {
  YIHAO_MINI_PROGRAM_APP_ID: {
    parse: z.string().regex(/^[\w-]{4,64}$/, '4 to 64 letters, digits, dashes'),
    form: 'text',
    meaning: 'The identifier of the mini-program at its platform. Unset: nobody comes by a mini-program.',
  },
  YIHAO_MINI_PROGRAM_SECRET: {
    parse: z.string().min(16, 'at least 16 characters'),
    form: 'text',
    meaning: 'The secret of the mini-program at its platform.',
    secret: true,
  },
  YIHAO_MINI_PROGRAM_PLATFORM_URL: {
    parse: httpUrl,
    fallback: 'https://api.weixin.qq.com',
    form: 'origin',
    meaning: 'Where the platform exchanges the codes of wx.login.',
  },
} as const satisfies Record<string, KeyDeclaration>;
