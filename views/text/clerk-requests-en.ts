import type { clerkRequestsZh } from './clerk-requests-zh.ts';

/** The words of answering a clerk at a counter on one's own pages, in English. */
export const clerkRequestsEn: typeof clerkRequestsZh = {
  title: 'Requests from counters',
  titleCount: 'Requests from counters ({count} to answer)',
  hint: 'At a counter, the clerk asks you to confirm here.',
  lead: 'Requests that clerks sent you; each waits for 5 minutes. If it is not your business, open it and choose “Not me”.',
  none: 'Nothing waits now. When the clerk has sent the request, press “Reload”.',
  reload: 'Reload',
  matchCode: 'Show a match code',
  match: {
    title: 'Match code',
    lead: 'Where no card is read, tell the clerk a match code, and the counter can send its request to you. The code holds nothing about you.',
    make: 'Make a match code',
    shown: 'Tell the clerk these 8 digits:',
    lasts:
      'It can be used once, within 2 minutes. Tell it only at the counter in front of you, never on the telephone.',
    toRequests: 'See the counter’s request',
  },
  one: {
    title: 'A counter asks you to confirm',
    lead: 'Compare what follows. The words to compare must be those on the counter’s screen.',
    site: 'Counter',
    place: 'Place',
    clerk: 'Clerk’s number',
    purpose: 'What is to be done',
    binding: 'Words to compare',
    time: 'Asked at',
    given: 'When you confirm, the counter gets',
    button: 'Confirm by face, fingerprint or screen lock',
    failed: 'You may have cancelled, or it took too long. The counter was told nothing; try again.',
    noScript:
      'JavaScript is off in this browser, so you cannot confirm by face or fingerprint. Turn it on and open this page again.',
    noPasskey: 'You have no device yet that confirms by face or fingerprint, so you cannot confirm here.',
    addPasskey: 'Add this phone',
    refuse: 'Do not agree',
    notMe: 'Not me',
    refuseHint: 'Either button tells the counter nothing. “Not me” notes that somebody acts in your name.',
  },
  answered: {
    approved: { title: 'Confirmed', text: 'Look at the counter: the clerk can go on.' },
    refused: { title: 'Not agreed', text: 'The counter was told nothing, and this was noted.' },
    'not-me': {
      title: 'Noted: it was not you',
      text: 'The counter was told nothing, and this was noted. For help call {helpLine}.',
    },
  },
};
