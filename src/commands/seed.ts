import { type DemoPerson, demoPassword, demoPeople } from '../../config/demo/people.ts';
import { readConfig } from '../../config/index.ts';
import { AppError } from '../base/error.ts';
import type { House } from '../house.ts';
import type { Site } from '../oidc/index.ts';
import { withHouse } from './with-house.ts';

/** Puts the demo's people and sites in, leaving alone what is there; calls `progress` after each. */
export async function seedHouse(
  house: House,
  sites: readonly Site[],
  progress: (done: number, total: number) => void,
): Promise<void> {
  const total = demoPeople.length + sites.length;
  let done = 0;
  for (const site of sites) {
    await house.sites.save(site, 'seed');
    progress(++done, total);
  }
  for (const person of demoPeople) {
    await seedPerson(house, person);
    progress(++done, total);
  }
}

const seedPerson = async (house: House, person: DemoPerson): Promise<void> => {
  const { number, name, phone } = person;
  if ((await house.identity.findAccountIdByNumber(number)) !== null) return;
  try {
    await house.identity.createAccount({
      number,
      name,
      phone,
      password: demoPassword,
      assurance: 2,
      actor: 'seed',
    });
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'account-exists') throw error;
  }
};

/** Seeds the configured storage with the demo's people; their password is public, so production refuses. */
export async function seed(): Promise<void> {
  if (readConfig().production)
    throw new Error('seed is for development: the password of these people is public');
  await withHouse((house) => seedHouse(house, [], () => undefined));
  console.log(`${demoPeople.length} synthetic people are in; password ${demoPassword}`);
}
