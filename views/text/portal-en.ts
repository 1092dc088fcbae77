import type { portalZh } from './portal-zh.ts';

/** The words of the citizen's own pages in English. */
export const portalEn: typeof portalZh = {
  title: 'My Yihao',
  hello: 'Hello, {name}',
  lead: 'These pages are your own: what we hold about you, who used it, and how you sign in.',
  backHome: 'Back to My Yihao',
  signOut: 'Sign out',
  profile: 'About me',
  name: 'Name',
  number: 'ID number',
  phone: 'Mobile number',
  noPhone: 'None on record',
  level: 'Identity level',
  levels: {
    1: 'Level 1: phone only',
    2: 'Level 2: name and number matched',
    3: 'Level 3: person verified',
    4: 'Level 4: hardware credential',
  },
  wrong: 'Is something wrong? Take your ID card to a service counter to have it corrected.',
  passkeys: 'Ways to sign in',
  passkeysHint: 'Devices that sign in with face or fingerprint: add, rename, remove.',
  passkeyList: {
    title: 'Ways to sign in',
    lead: 'These devices can sign in to your account with face, fingerprint or screen lock. Remove any you do not know.',
    none: 'You have added no device yet and sign in with your password.',
    add: 'Add this device',
    manage: 'Manage “{name}”',
    added: 'Added {date}',
    used: 'Last used {date}',
    unused: 'Not used yet',
    synced: 'Works on several of your devices',
    bound: 'On this one device only',
  },
  addPasskey: {
    title: 'Add this device',
    lead: 'Then you can sign in on this device with face, fingerprint or screen lock.',
    cancel: 'Do not add; go back',
    noScript: 'JavaScript is off in your browser, so a device cannot be added now.',
  },
  passkey: {
    title: 'Manage “{name}”',
    rename: 'Name',
    save: 'Save name',
    removeTitle: 'Remove this device',
    removeText:
      'It can then no longer sign in to your account. This cannot be undone, but you can add it anew.',
    remove: 'Remove “{name}”',
    cancel: 'Back to ways to sign in',
  },
};
