import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type Browser, type CDPSession, chromium, type Page } from 'playwright-core';

/** Starts headless Chromium: CHROMIUM_PATH, or Debian's. The caller closes it. Nothing of it calls home. */
export const launchBrowser = (): Promise<Browser> =>
  chromium.launch({
    executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });

/** A platform authenticator (fingerprint, face) of the page's tab that says yes by itself. */
export interface VirtualAuthenticator {
  authenticatorId: string;
  /** The protocol session it lives in, for WebAuthn.getCredentials, setUserVerified and the like. */
  client: CDPSession;
}

/** Gives the page an authenticator that keeps passkeys and verifies its user. Passkeys need https or localhost. */
export const addVirtualAuthenticator = async (page: Page): Promise<VirtualAuthenticator> => {
  const client = await page.context().newCDPSession(page);
  await client.send('WebAuthn.enable');
  const { authenticatorId } = await client.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  return { authenticatorId, client };
};

interface AxeResults {
  violations: {
    id: string;
    impact: string | null;
    help: string;
    nodes: { html: string; target: unknown }[];
  }[];
}

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/**
 * Holds the page against every rule of axe and returns one line an offending element:
 * `rule (impact): what is wrong: selector: html`. Evaluated rather than added as a script, which the page's policy forbids.
 */
export const axeViolations = async (page: Page): Promise<string[]> => {
  await page.evaluate(axeSource);
  // What passes would be described too, element by element, and sent along.
  const { violations } = await page.evaluate<AxeResults>(
    `axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) => ({ violations }))`,
  );
  return violations.flatMap(({ id, impact, help, nodes }) =>
    nodes.map(({ html, target }) => `${id} (${impact}): ${help}: ${String(target)}: ${html.slice(0, 200)}`),
  );
};
