import type { offlineZh } from './offline-zh.ts';

/** The words of showing a certificate where there is no network, in English. */
export const offlineEn: typeof offlineZh = {
  choose: 'The counter has no network: show an offline code',
  chooseHint:
    'The offline code has no photo, and what it shows stands in the code. Where the counter has a network, use the code above.',
  title: 'Show a certificate offline',
  heading: 'Let the counter without a network scan: {type}',
  qrAlt: 'QR code that shows the certificate offline',
  endedTitle: 'This code has expired',
  endedText:
    'It no longer works. If you still need to show the certificate, use the button below for another.',
  lasts: 'It works for {minutes} minutes, and once at a counter.',
  shown: 'In the code are',
  always: 'Kind of certificate, issuing authority, name without the family name',
  readable:
    'Whoever photographs this code can read the above. Let only the counter you are at scan it; do not keep or send a picture of it.',
  recorded:
    'This is recorded under Who used my data. Without a network it cannot be recorded which counter it was.',
  renew: 'Make another offline code',
  again: 'Choose again, or use the online code',
  done: 'Done',
};
