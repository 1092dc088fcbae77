import { AppError } from '../base/error.ts';
import type { House } from '../house.ts';
import { withHouse } from './with-house.ts';

const words = { 'region-administrator': '系统管理员', 'security-administrator': '安全管理员' } as const;

/** A link by which one of the first two administrators joins. */
export interface FoundingAddress {
  /** The role in the words of the console. */
  name: string;
  role: string;
  expiresAt: Date;
  address: string;
}

/**
 * Makes the links by which the first two administrators join: each is shown once, works once and for half an hour. Throws
 * officer-bootstrap-closed.
 */
async function foundingAddresses(
  { staff }: Pick<House, 'staff'>,
  issuer: string,
): Promise<FoundingAddress[]> {
  const links = await staff.bootstrap();
  return links.map(({ role, token, expiresAt }) => ({
    name: role in words ? words[role as keyof typeof words] : role,
    role,
    expiresAt,
    address: `${issuer}/console/join/${token}`,
  }));
}

/** Makes them for as long as there are any to make. */
export async function foundingAddressesIfOpen(
  house: Pick<House, 'staff'>,
  issuer: string,
): Promise<FoundingAddress[]> {
  try {
    return await foundingAddresses(house, issuer);
  } catch (error) {
    if (error instanceof AppError && error.code === 'officer-bootstrap-closed') return [];
    throw error;
  }
}

/** Prints the first administrators' links; refused once both are at work. */
export async function bootstrapOfficers(): Promise<void> {
  await withHouse(async (house, config) => {
    for (const { name, role, expiresAt, address } of await foundingAddresses(house, config.issuer))
      console.log(`${name} (${role}), until ${expiresAt.toISOString()}: ${address}`);
  });
  console.log(
    'Give each link to the person it is for, by a way that only they read. Links made before are void.',
  );
}
