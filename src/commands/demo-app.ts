import { spawn } from 'node:child_process';
import { demoConfig } from '../../config/demo/index.ts';
import { demoNativeApp } from '../../config/demo/native-app/registration.ts';
import { signInByBrowser } from '../../config/demo/native-app/sign-in.ts';

/** The address is printed too: there may be no browser that can be opened from here. */
const openBrowser = (address: URL): void => {
  console.log(`打开 Open in a browser:\n\n  ${address}\n`);
  const opener = process.platform === 'darwin' ? 'open' : 'xdg-open';
  spawn(opener, [address.href], { stdio: 'ignore', detached: true })
    .on('error', () => undefined)
    .unref();
};

/** Runs the sample app of the demo, which has to be up: signs a person in through their browser and prints the name. */
export async function demoApp(): Promise<void> {
  const { issuer } = demoConfig({});
  const { clientId } = demoNativeApp(issuer);
  const { name, subject } = await signInByBrowser({ issuer, clientId, openBrowser });
  console.log(`${name}，您好。 Hello, ${name}.\nThis app's own name for you: ${subject}`);
}
