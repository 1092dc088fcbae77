import type { qrZh } from './qr-zh.ts';

/** The words of signing in by a code that the phone scans, in English. */
export const qrEn: typeof qrZh = {
  link: 'Sign in by scanning a code',
  title: 'Sign in by scanning a code',
  lead: 'Scan this code with a phone that is signed in to Yihao, check the site it shows, enter the number below and confirm with face, fingerprint or screen lock.',
  alt: 'QR code for signing in',
  number: 'Number to enter on the phone:',
  confirmed: 'I have confirmed on the phone',
  lasts:
    'The code works for 60 seconds, and once. Do not send the code or the number to anyone, and do not scan one that was sent to you.',
  notYet:
    'Nothing was confirmed on the phone yet. Finish there and press again; if the code was not scanned, scan it now.',
  otherWay: 'Sign in another way',
  ended: {
    expired: {
      title: 'The code has expired',
      text: 'Nothing was confirmed within 60 seconds, and nobody was signed in. Ask for another code and scan that.',
    },
    'number-wrong': {
      title: 'The number entered on the phone was not right',
      text: 'To protect the account this code is void, and nobody was signed in. Ask for another code and enter its number on the phone.',
    },
    denied: {
      title: '“Not me” was chosen on the phone',
      text: 'This code is void, and nobody was signed in. If that was a slip, ask for another code; if in doubt, call {helpLine}.',
    },
    again: 'Another code',
  },
  approve: {
    title: 'A device wants to sign in with your account',
    lead: 'Confirm only if the device is in front of you and it is you who signs in. If somebody sent you the code, choose “Not me”.',
    site: 'Site to sign in to',
    browser: 'Browser of that device',
    network: 'Network address of that device (partly hidden)',
    networkHint:
      'The address is where that device connects from; it is no exact place. On the same network as this phone it usually begins alike.',
    time: 'Asked at',
    number: 'The two digits on the screen',
    numberHint: 'The number beside the code. There is one try: a wrong number makes the code void.',
    button: 'Confirm with face, fingerprint or screen lock',
    failed:
      'You may have cancelled, the time may have run out, or this phone has no passkey of yours. Press again, or sign in another way on that device.',
    noScript:
      'JavaScript is off in your browser, so face or fingerprint cannot confirm. Turn it on and open this page again, or sign in another way on that device.',
    noPasskey:
      'You have no device that signs in with face or fingerprint yet, so you cannot confirm here. Add one first, then ask for another code on that device.',
    addPasskey: 'Add this phone',
    deny: 'Not me',
    denyHint: 'With “Not me” that device is not signed in and the code is void at once.',
  },
  answered: {
    approved: {
      title: 'Confirmed',
      text: 'That device is signing in; see its screen. There is nothing more to do on this phone.',
    },
    denied: {
      title: 'Refused',
      text: 'The code is void, nobody was signed in with your account, and this was noted. If somebody made you scan it, do not scan again, and warn the people around you.',
    },
    look: 'See how I sign in',
  },
};
