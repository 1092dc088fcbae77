import type { Site } from './sites.ts';

/** The client identifier of Yihao's own pages; no record may take it. */
export const ownClientId = 'yihao';

/** Where a sign-in to our own pages comes back to, on the issuer. */
export const ownCallbackPath = '/my/callback';

/**
 * Describes Yihao's own pages for citizens (个人空间) as the site they are to the provider. It is part of the program and
 * not a record, so that it follows the issuer and cannot be switched off by mistake.
 */
export const ownSiteOf = (issuer: string, regionName: string): Site => ({
  clientId: ownClientId,
  name: { zh: '我的一号', en: 'My Yihao' },
  department: regionName,
  purpose: '查看和管理您自己的信息',
  homeUrl: `${issuer}/my`,
  enabled: true,
  legalBasis: {},
  metadata: {
    redirect_uris: [`${issuer}${ownCallbackPath}`],
    post_logout_redirect_uris: [`${issuer}/`],
    // The code is redeemed inside the process; nobody else gets anything for it without the verifier.
    token_endpoint_auth_method: 'none',
    scope: 'openid',
  },
});
