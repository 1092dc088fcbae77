import type { VNode } from 'preact';

/**
 * Renders the scripts of pages that use passkeys, for the head: the library as its own one-file bundle, then ours.
 * Deferred and module scripts run in the order they stand in, after the page is read.
 */
export const PasskeyScripts = (): VNode => (
  <>
    <script src="/assets/simplewebauthn-browser.js" defer />
    <script src="/assets/passkey.js" type="module" />
  </>
);
