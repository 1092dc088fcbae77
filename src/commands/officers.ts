import { AppError } from '../base/error.ts';
import type { House } from '../house.ts';
import { withHouse } from './with-house.ts';

const words = { 'region-administrator': '系统管理员', 'security-administrator': '安全管理员' } as const;

/**
 * Says the links by which the first two administrators join: each is shown once, works once and for half an hour. Throws
 * officer-bootstrap-closed.
 */
export async function foundingLines({ staff }: Pick<House, 'staff'>, issuer: string): Promise<string[]> {
  const links = await staff.bootstrap();
  return links.map(({ role, token, expiresAt }) => {
    const name = role in words ? words[role as keyof typeof words] : role;
    return `${name} (${role}), until ${expiresAt.toISOString()}: ${issuer}/console/join/${token}`;
  });
}

/** Says them for as long as there are any to say. */
export async function foundingLinesIfOpen(house: Pick<House, 'staff'>, issuer: string): Promise<string[]> {
  try {
    return await foundingLines(house, issuer);
  } catch (error) {
    if (error instanceof AppError && error.code === 'officer-bootstrap-closed') return [];
    throw error;
  }
}

/** Prints the first administrators' links; refused once both are at work. */
export async function bootstrapOfficers(): Promise<void> {
  await withHouse(async (house, config) => {
    for (const line of await foundingLines(house, config.issuer)) console.log(line);
  });
  console.log(
    'Give each link to the person it is for, by a way that only they read. Links made before are void.',
  );
}
