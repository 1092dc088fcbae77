import { seedCatalogue } from './seed-certificates.ts';
import { withHouse } from './with-house.ts';

/** Puts the types of certificates an instance begins with into the configured storage; what is there stays as it is. */
export async function saveCatalogue(): Promise<void> {
  await withHouse(async (house) => {
    await seedCatalogue(house);
    const types = await house.directory.catalogue.listTypes();
    for (const { code, version, name, officialCode } of types)
      console.log(`${code}@${version}  ${name.zh}  ${officialCode ?? 'no official code yet'}`);
  });
}
