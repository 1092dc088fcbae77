import type { walletZh } from './wallet-zh.ts';

/** The same words in English. */
export const walletEn: typeof walletZh = {
  title: 'Take it into a wallet',
  heading: 'Take “{type}” into a wallet',
  lead: 'The copy in the wallet is bound to your phone, so nobody else can use it; when the certificate ends, the copy ends.',
  wallets: 'Which wallet',
  make: 'Make the code',
  none: 'No wallet is registered in this region yet. You can show the certificate, or download it as a file.',
  notNow: 'This wallet cannot take it now. Try again later, or choose another wallet.',
  scan: 'Scan the code with {wallet}',
  here: 'The wallet is on this device',
  open: 'Open in the wallet',
  code: 'When the wallet asks, type this number',
  codeHint: 'It can be typed once; a wrong number ends the code. Tell nobody.',
  qrAlt: 'Code for the wallet',
  until: 'The code works until {time}, and once.',
  cancel: 'Cancel, end the code now',
  cancelled: 'The code has ended. A certificate that is in the wallet already stays there.',
  back: 'Back to the certificate',
};
