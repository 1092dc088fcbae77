import { transferItem, transferNeeds } from '../../config/demo/items.ts';
import { type DemoRegion, demoSignInPurpose } from '../../config/demo/regions.ts';
import { systemClock } from '../base/clock.ts';
import { thumbprintOf } from '../crypto/index.ts';
import type { House } from '../house.ts';
import { accountLinkPurpose } from '../oidc/index.ts';
import { type Agreement, type AgreementContent, type Party, stateOf } from '../recognition/index.ts';
import { shanghaiDateOf } from '../terms/calendar-date.ts';
import { parseCreditCode } from '../terms/credit-code.ts';
import { parseRegionCode, regionPrefixOf } from '../terms/region-code.ts';

/** A region of the demo with its house open. */
export interface RegionAtWork extends DemoRegion {
  house: Pick<House, 'recognition' | 'peerLink' | 'crypto'>;
}

/** The two synthetic officers of each city, for what is done before a person takes over. */
const [first, second] = ['seed-officer-1', 'seed-officer-2'];

const level = (number: number): string => `urn:yihao:loa:${number}`;
const levels = { minimumLevel: level(2), maximumLevel: level(3) };

/** Registers a region at another, its key compared by both officers; what is done already stays. */
export async function introduceRegion(here: RegionAtWork, there: RegionAtWork): Promise<void> {
  const { recognition, peerLink } = here.house;
  const entityId = there.issuer;
  if ((await recognition.findPeer(entityId)) === null)
    await recognition.addPeer({ ...(await peerLink.describeRegion(entityId)), actor: first });
  const comparedBy = (await recognition.findPeer(entityId))?.comparedBy ?? [];
  const thumbprint = thumbprintOf((await there.house.crypto.agreementKeys.load()).current);
  for (const actor of [first, second].filter((officer) => !comparedBy.includes(officer)))
    await recognition.comparePeer({ entityId, thumbprint, actor });
}

/** Drafts and proposes the demo's agreement at the first city, unless one is there; a draft is taken up where it was left. */
export async function proposeAgreement(a: RegionAtWork, b: RegionAtWork): Promise<Agreement> {
  const { recognition } = a.house;
  const newest = async (): Promise<Agreement | undefined> => (await recognition.listAgreements(b.code)).at(0);
  if ((await newest()) === undefined)
    await recognition.draftAgreement({ content: await contentOf(a, b), after: null, actor: first });
  const drafted = await newest();
  if (drafted !== undefined && stateOf(drafted, systemClock.now()) === 'draft') {
    const { document, digest } = drafted;
    const place = { agreementId: document.id, agreementVersion: document.version };
    await recognition.proposeAgreement({ ...place, digestSeen: digest, actor: second });
  }
  const agreement = await newest();
  if (agreement === undefined) throw new Error('the agreement that was just drafted is gone; start again');
  return agreement;
}

async function contentOf(a: RegionAtWork, b: RegionAtWork): Promise<AgreementContent> {
  const now = systemClock.now();
  const inDays = (days: number) => shanghaiDateOf(new Date(now.getTime() + days * 86_400_000));
  const directions = [
    { from: a.code, to: b.code },
    { from: b.code, to: a.code },
  ];
  return {
    kind: 'bilateral',
    parties: [await partyOf(a, '11999999000000019M'), await partyOf(b, '11999999000000027G')],
    rules: {
      signIn: directions.map((direction) => ({ ...direction, ...levels, ...signInTerms })),
      certificates: directions.flatMap((direction) =>
        Object.values(transferNeeds).map(({ typeCode, fields }) => ({
          ...direction,
          type: typeCode,
          as: typeCode,
          fields: [...fields],
          ...certificateTerms,
        })),
      ),
    },
    suites: { signature: ['ES256'], encryption: ['ECDH-ES+A256KW/A256GCM'] },
    validFrom: inDays(0),
    validUntil: inDays(364),
    reviewBy: inDays(180),
    noticeDays: 30,
    legalBasis: '示例发〔2026〕1号',
  };
}

const signInTerms = {
  levelMap: { [level(2)]: level(2), [level(3)]: level(3) },
  claims: ['name'],
  purposes: [demoSignInPurpose, accountLinkPurpose],
  maximumAuthenticationAgeSeconds: 300,
};

const certificateTerms = {
  fieldMap: {},
  trustMap: { A: 'A', B: 'B' } as const,
  purposes: [transferItem.code],
  minimumLevel: level(2),
  consent: 'explicit' as const,
  channels: ['gateway' as const, 'presentation' as const],
  maximumStatusAgeSeconds: 60,
  retentionDays: 30,
  requestsPerMinute: 60,
};

const partyOf = async ({ issuer, code, name, house }: RegionAtWork, creditCode: string): Promise<Party> => ({
  entityId: issuer,
  regionCode: code,
  regionPrefix: regionPrefixOf(parseRegionCode(code)),
  name,
  creditCode: parseCreditCode(creditCode),
  role: 'party',
  agreementKey: (await house.crypto.agreementKeys.load()).current,
});
