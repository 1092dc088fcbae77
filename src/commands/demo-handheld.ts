import { join } from 'node:path';
import { publicKeyOf, readOrCreateSiteKey } from '../../config/demo/keys.ts';
import { demoNativeApp } from '../../config/demo/native-app/registration.ts';
import { startMiniProgramSimulator } from '../../config/demo/simulators/mini-program-server.ts';
import type { RunningSite } from '../../config/demo/site-server.ts';
import { type DemoSite, demoMiniProgram, demoMiniProgramApp } from '../../config/demo/sites.ts';
import type { Config } from '../../config/index.ts';

/** What of the demo is in a person's hand: the registrations, and the start of the telephone with the mini-program. */
export interface Handheld {
  sites: DemoSite[];
  startPhone(): Promise<RunningSite>;
}

/** Prepares the sample app and the sample mini-program, whose page and platform are served at an address. */
export async function prepareHandheld({ issuer, storage }: Config, address: string): Promise<Handheld> {
  const privateJwk = await readOrCreateSiteKey(join(storage.dataFolder, 'site-mini-program.jwk'));
  const miniProgram = demoMiniProgram(address, publicKeyOf(privateJwk));
  return {
    sites: [demoNativeApp(issuer), miniProgram],
    startPhone: () =>
      startMiniProgramSimulator({
        ...demoMiniProgramApp,
        issuer,
        clientId: miniProgram.clientId,
        privateJwk,
        port: Number(new URL(address).port),
        host: 'localhost',
      }),
  };
}
