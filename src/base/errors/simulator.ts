import type { ErrorEntry } from './entry.ts';

/** Refusals of the simulator's own addresses. */
export const simulatorErrors = {
  'simulator-order-malformed': {
    status: 400,
    zh: '看不懂要模拟的故障（{reason}）。请对照 docs/simulator.md 修改。',
    en: 'The failure ordered is not understood ({reason}). Change it as docs/simulator.md says.',
  },
  'simulator-local-only': {
    status: 403,
    zh: '只有本机的程序可以操作模拟器。请在运行模拟器的电脑上直接调用。',
    en: 'Only programs on this computer may give the simulator orders. Call it from where it runs.',
  },
} as const satisfies Record<string, ErrorEntry>;
