import type { authenticatorsZh } from './authenticators-zh.ts';

/** The same words in English. */
export const authenticatorsEn: typeof authenticatorsZh = {
  second: {
    title: 'One more code',
    lead: 'That was right. Open the authenticator app on your phone and enter its 6-digit code for “一号”.',
    code: 'Code of the app, or a recovery code',
    codeHint: 'No phone at hand? Enter a recovery code you have not used, such as AB2CD-EF3GH.',
    button: 'Sign in',
    otherWay: 'Sign in another way',
    lost: 'Neither app nor codes left? Go to a service counter with your ID card, or call {helpLine}.',
  },
  ways: {
    password: 'Password',
    totp: 'Authenticator app and recovery codes',
  },
  password: {
    titleChange: 'Change your password',
    titleFirst: 'Set a password',
    lead: 'You sign in with your ID number and password. At least 10 characters, and not easy to guess.',
    present: 'Present password',
    chosen: 'New password',
    chosenHint: '10 to 128 characters. A few unrelated words in a row are easy to keep and hard to guess.',
    save: 'Save the password',
    cancel: 'Do not change, go back',
    savedTitle: 'Password saved',
    saved:
      'Use the new one when you next sign in. Devices that are signed in stay so; sign out there if you need to.',
    unknown:
      'A password goes with an ID number. Confirm your name and ID number under “Identity level” first.',
    level: 'Confirm them',
  },
  totp: {
    title: 'Authenticator app',
    none: 'Not set up. With it, a password or text message is not enough to sign in: a code of the app is needed too.',
    since: 'Set up: since {date}, a password or text message needs a code of the app too.',
    left: '{count} recovery codes are left.',
    begin: 'Set up an authenticator app',
    setUpTitle: 'Scan to set up',
    scan: 'Scan this code with the authenticator app on your phone (Microsoft’s or Google’s, for example).',
    qrAlt: 'QR code to set up an authenticator app',
    typeIt: 'Cannot scan? Type this secret into the app:',
    secretAdvice: 'Show neither the QR code nor the secret to anyone.',
    code: '6-digit code the app shows',
    finish: 'Finish',
    cancel: 'Back to ways to sign in',
    codesTitle: 'Write down your recovery codes',
    codes:
      'If you lose your phone, a recovery code takes the place of the app’s, each once. They are shown this once: write them down or print them, and keep them safe.',
    done: 'Written down, go back',
    renewTitle: 'New recovery codes',
    renewText: 'The old ones can no longer be used then.',
    renew: 'Make new recovery codes',
    removeTitle: 'Stop using the app',
    removeText:
      'No code is asked for when you sign in then, and the recovery codes end too. Your account will be less safe.',
    remove: 'Stop using it',
  },
};
