import type { largeTypeZh } from './large-type-zh.ts';

/** The words of large type, where a page asks for one thing at a time, in English. */
export const largeTypeEn: typeof largeTypeZh = {
  signIn: {
    title: 'How would you like to sign in?',
    lead: 'Choose one. Take your time: you can come back and choose again.',
    passkey: 'By face, fingerprint or screen lock',
    passkeyHint: 'Choose this if you set it up on this phone or computer.',
    password: 'By password',
    passwordHint: 'You will be asked for your ID number and password.',
    phone: 'By phone number',
    phoneHint: 'We send a code to your phone.',
    qr: 'By scanning a code',
    qrHint: 'Choose this if you are signed in to Yihao on a phone.',
    otherRegionHint: 'Choose this if your account is in another region.',
    recoveryHint: 'Choose this if you forgot your password or changed your phone.',
    help: 'Not sure what to do? Take your ID card to a service counter, where staff will help you, or call {helpLine}.',
  },
  my: {
    all: 'Everything else',
    allHint: 'Identity level, ways to sign in, acting for others, sign-in history and more.',
    help: 'Would you like help? Let a relative act for you, take your ID card to a service counter, or call {helpLine}.',
  },
};
