import { cityB } from '../cities.ts';
import type { DemoSite } from '../sites.ts';

/** Registers the sample app: a public client that is called back on a port of this machine (RFC 8252). */
export const demoNativeApp = (homeUrl: string): DemoSite => ({
  clientId: 'demo-app',
  name: { zh: '示例办事应用', en: 'Example service app' },
  department: cityB.services.zh,
  purpose: '在应用里显示您的姓名',
  homeUrl,
  enabled: true,
  legalBasis: {},
  metadata: {
    application_type: 'native',
    redirect_uris: ['http://127.0.0.1/callback', 'cn.gov.example.app:/callback'],
    grant_types: ['authorization_code'],
    token_endpoint_auth_method: 'none',
    id_token_signed_response_alg: 'ES256',
    scope: 'openid name',
  },
});
