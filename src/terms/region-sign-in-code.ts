/**
 * What a citizen shows to be sent home for signing in (跨区域登录码): it names their region and nothing of them. It is not
 * signed: whoever reads it goes only where an agreement in force leads, so a false one leads nowhere else. A design of
 * this project.
 */
export interface RegionSignInCode {
  /** The address of the region's system, which is its name among systems. */
  entityId: string;
  /** GB/T 2260. */
  regionCode: string;
}

const head = 'yihao-region';
const form = new RegExp(`^${head}:(\\d{6}):(https?://[^\\s]{1,200})$`, 'i');

/** Writes the text of a code. */
export const formatRegionSignInCode = ({ entityId, regionCode }: RegionSignInCode): string =>
  `${head}:${regionCode}:${entityId}`;

/** Reads what a scanner typed or a person pasted; null for any other text. */
export function parseRegionSignInCode(text: string): RegionSignInCode | null {
  const [, regionCode, entityId] = form.exec(text.normalize('NFKC').trim()) ?? [];
  return regionCode === undefined || entityId === undefined ? null : { entityId, regionCode };
}
