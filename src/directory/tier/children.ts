import { AppError } from '../../base/error.ts';
import { newEvent } from '../../base/event.ts';
import { isWithinRegion, parseRegionCode } from '../../terms/region-code.ts';
import type { ChildRecord } from './entry.ts';
import type { ParentWork } from './ports.ts';
import { keyOf } from './receive-entries.ts';

/** A region below, as its operator registers it. */
export interface NewChild {
  region: string;
  clientId: string;
  name: { zh: string; en: string };
  address: string;
  enabled: boolean;
  actor: string;
}

/** How a region below stands. */
export type Child = Omit<ChildRecord, '_id' | 'outbox' | 'revision' | 'createdAt' | 'updatedAt'> & {
  region: string;
};

/**
 * Registers the library of a region below, or changes its registration; the same again changes nothing. Throws
 * tier-not-kept, region-code-invalid, tier-child-invalid and tier-child-changed.
 */
export async function saveChild(work: ParentWork, { actor, ...given }: NewChild): Promise<void> {
  keyOf(work);
  const { region, ...fields } = readChild(work, given);
  const known = await work.store.childByRegion(region);
  const now = work.clock.now();
  const event = newEvent(
    work.clock,
    known === null ? 'directory.child-registered' : 'directory.child-changed',
    actor,
    { region, clientId: fields.clientId, enabled: fields.enabled },
  );
  const others = await work.store.childOfClient(fields.clientId);
  if (others !== null && others._id !== region) throw invalid('clientId', 'a machine of no other region');

  const written =
    known === null
      ? await work.store.insertChild({
          _id: region,
          ...fields,
          behind: null,
          stored: 0,
          refused: 0,
          differing: [],
          lastPushAt: null,
          lastComparedAt: null,
          revision: 1,
          outbox: [event],
          createdAt: now,
          updatedAt: now,
        })
      : isSame(known, fields) || (await work.store.swapChild(known, fields, event));
  if (!written) throw new AppError('tier-child-changed');
}

/** Lists the regions below and how they stand. */
export async function listChildren(work: ParentWork): Promise<Child[]> {
  return (await work.store.children()).map(({ _id, outbox, revision, createdAt, updatedAt, ...child }) => ({
    region: _id,
    ...child,
  }));
}

type Fields = Pick<ChildRecord, 'clientId' | 'name' | 'address' | 'enabled'>;

function readChild(work: ParentWork, given: Omit<NewChild, 'actor'>) {
  const region = parseRegionCode(given.region);
  if (region === work.region || !isWithinRegion(work.region, region))
    throw invalid('region', `a region below ${work.region}`);
  const { clientId, name, address, enabled } = given;
  if (!/^[\w.-]{1,64}$/.test(clientId)) throw invalid('clientId', 'the client id of a registered machine');
  if (!URL.canParse(address) || new URL(address).origin !== address)
    throw invalid('address', 'an origin, for example https://id.example.gov.cn');
  return { region, clientId, name, address, enabled };
}

const isSame = (known: ChildRecord, { clientId, name, address, enabled }: Fields): boolean =>
  known.clientId === clientId &&
  known.name.zh === name.zh &&
  known.name.en === name.en &&
  known.address === address &&
  known.enabled === enabled;

const invalid = (field: string, expected: string): AppError =>
  new AppError('tier-child-invalid', { field, expected });
