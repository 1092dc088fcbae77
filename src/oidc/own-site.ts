import type { Site } from './sites.ts';

/** The client identifier of Yihao's own pages; no record may take it. */
export const ownClientId = 'yihao';

/** Where a sign-in to our own pages comes back to, on the issuer. */
export const ownCallbackPath = '/my/callback';

/** Where a sign-out of our own pages comes to: which sites heard of it. */
export const receiptsPath = '/signed-out';

/** Where a sign-in at home comes back to, once it is known to be for linking; below our own pages, on the issuer. */
export const linkingReturnPath = '/my/regions/return';

/** The purpose that an agreement names when its regions' citizens may link accounts. A design of this project. */
export const accountLinkPurpose = 'account-link';

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
    post_logout_redirect_uris: [`${issuer}${receiptsPath}`],
    // The code is redeemed inside the process; nobody else gets anything for it without the verifier.
    token_endpoint_auth_method: 'none',
    scope: 'openid',
  },
});

/** Describes the same pages as what asks another region for a sign-in, so that a person can link the two accounts. */
export const linkingSiteOf = (issuer: string, regionName: string): Site => ({
  ...ownSiteOf(issuer, regionName),
  purpose: '把您在归属地的账号与这里的账号关联',
  purposeCode: accountLinkPurpose,
});
