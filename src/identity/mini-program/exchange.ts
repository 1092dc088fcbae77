import { AppError } from '../../base/error.ts';
import type { MiniProgramWork } from './ports.ts';

const perAddressPerMinute = 60;

/** What a mini-program sends: a code of wx.login, from an address that is hidden already. */
export interface PlatformCode {
  code: string;
  address: string;
}

/**
 * Finds the blind index of the platform's user that a code stands for. Throws not-found where there is no mini-program,
 * mini-program-busy {waitSeconds}, and what the platform's exchange throws.
 */
export async function exchangeCode(
  { platform, ephemeral, blindIndex }: MiniProgramWork,
  { code, address }: PlatformCode,
): Promise<string> {
  if (platform === null) throw new AppError('not-found');
  const { count, resetSeconds } = await ephemeral.count(`mini-program:address:${address}`, 60);
  if (count > perAddressPerMinute) throw new AppError('mini-program-busy', { waitSeconds: resetSeconds });
  const openid = await platform.exchange(code);
  return blindIndex.of('mini-program', `${platform.appId}:${openid}`);
}
