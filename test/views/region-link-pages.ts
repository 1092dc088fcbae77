import type { VNode } from 'preact';
import type { PageContext } from '../../views/layout.tsx';
import { RegionCodePage } from '../../views/portal/region-code.tsx';
import { LinkRegionPage, RegionLinksPage, UnlinkRegionPage } from '../../views/portal/region-links.tsx';

const at = new Date('2026-11-24T04:00:00Z');

/** Makes the pages of a person's identities of other regions, in each of their shapes. */
export const regionLinkPages = (context: PageContext): Record<string, VNode> => {
  const list = { context, linkHref: '/my/regions/link', codeHref: '/my/regions/code' };
  const form = { context, csrf: 'csrf-1', action: '/my/regions/link', backHref: '/my/regions' };
  const link = { region: '示例市', since: at, by: 'sign-in' as const, unlinkHref: '/my/regions/1/unlink' };
  const other = { ...link, by: 'number' as const, unlinkHref: '/my/regions/2/unlink' };
  const regions = [{ regionCode: '990200', name: '示例市' }];
  return {
    regionLinks: RegionLinksPage({
      ...list,
      links: [
        { ...link, lastSignInAt: at },
        { ...other, lastSignInAt: null },
      ],
      news: 'linked',
    }),
    noRegionLinks: RegionLinksPage({ ...list, links: [], news: 'unlinked' }),
    linkRegion: LinkRegionPage({ ...form, regions, isSure: true, error: '没有完成' }),
    linkNoRegion: LinkRegionPage({ ...form, regions: [], isSure: true }),
    linkRegionUnsure: LinkRegionPage({ ...form, regions, isSure: false }),
    unlinkRegion: UnlinkRegionPage({ ...form, region: '示例市' }),
    regionCode: RegionCodePage({
      context,
      qrImage: 'data:image/svg+xml;base64,PHN2Zy8+',
      code: 'yihao-region:990200:https://id.b.example',
      backHref: '/my/regions',
    }),
  };
};
