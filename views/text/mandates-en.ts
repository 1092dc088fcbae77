import type { mandatesZh } from './mandates-zh.ts';

/** The same words in English. */
export const mandatesEn: typeof mandatesZh = {
  title: 'Organisations and acting for others',
  hint: 'Act for an organisation or your family, and manage who may',
  lead: 'Here is for whom you may act, and who may act for you.',
  none: 'There is no mandate at present.',
  received: 'For whom I may act',
  given: 'Who may act for me',
  managed: 'Organisations I manage',
  claim: 'I am a legal representative: open my organisation',
  family: 'Act within the family',
  home: 'Back to My Yihao',
  open: 'Open: {name}',
  back: 'Back to organisations and mandates',
  roles: {
    representative: 'legal representative',
    administrator: 'administrator',
    operator: 'operator',
    parent: 'parent',
    child: 'child',
  },
  roleHints: {
    administrator: 'An administrator invites and removes operators, and may act for the organisation.',
    operator: 'An operator acts for the organisation in the service items named, and no others.',
  },
  states: {
    offered: 'waits for an answer',
    active: 'stands',
    refused: 'declined',
    revoked: 'ended',
    expired: 'expired',
  },
  acts: '{agent} ({role}) for {principal}',
  you: 'You',
  items: 'Service items',
  allItems: 'all',
  until: 'Stands until',
  noEnd: 'without an end',
  answerBy: 'Answer before',
  state: 'State',
  proved: 'Proved by a certificate',
  news: {
    claimed: 'The organisation is open.',
    offered:
      'Sent. It stands once the other person accepts it under the same heading; at once where a certificate proves it.',
    accepted: 'You accepted. At sites that take it you can now choose whom you act for.',
    refused: 'You declined.',
    revoked: 'Ended. Sign-ins under way by it have ended too.',
  },
  answer: {
    title: 'Accept this mandate?',
    asAgent:
      'You can then choose, at sites that take it, to act for {name} in the items below. You can leave at any time.',
    asPrincipal:
      '{name} can then act for you in the items below, and sites learn about you what is agreed there; each time stands under “Who used my data”. You can end it at any time.',
    accept: 'Accept',
    refuse: 'Decline',
  },
  one: 'Mandate',
  end: 'End this mandate',
  ending: {
    title: 'End this mandate?',
    text: 'It cannot be brought back. Sign-ins under way by it end at once; you can make a new one when needed.',
    confirm: 'End it',
    cancel: 'Keep it',
  },
  claiming: {
    title: 'Open an organisation',
    lead: 'Enter its unified social credit code. We check that the business licence in force names you as legal representative.',
    code: 'Unified social credit code',
    codeHint: '18 characters, on the business licence.',
    button: 'Check and open',
  },
  organisation: {
    code: 'Unified social credit code',
    members: 'Members',
    noMembers: 'There are no members yet.',
    invite: 'Invite a member',
  },
  inviting: {
    title: 'Invite a member: {name}',
    lead: 'It stands once the person accepts it on their own pages.',
    role: 'Role',
    button: 'Send the invitation',
  },
  person: {
    name: 'Name of the other person',
    number: 'ID number of the other person',
    numberHint:
      'Both must be as in the account. The number serves to find the account and is shown to nobody.',
  },
  terms: {
    items: 'Service items',
    itemsHint: 'None chosen means all.',
    days: 'For how long',
    daysOf: '{days} days',
  },
  relating: {
    title: 'Act within the family',
    lead: 'It stands once the other person accepts it. For a parent of a child under age it stands at once where a certificate of birth proves it, until the child comes of age.',
    relation: 'Who acts for whom',
    relations: {
      'child-mine': 'I act for my father or mother',
      'parent-mine': 'I act for my child',
      'child-theirs': 'My child acts for me',
      'parent-theirs': 'My father or mother acts for me',
    },
    button: 'Send',
  },
  acting: {
    title: 'For whom do you act this time?',
    lead: '{site} asks you to choose. The choice is for this sign-in only, and the site learns that it is you who acts.',
    self: 'For myself',
    forOne: 'For {name} (you are: {role})',
    none: 'You have no mandate that can be used here.',
    noneHint:
      'A legal representative opens the organisation first; an operator is invited by it; within the family a mandate is made first.',
    manage: 'Go to organisations and mandates',
  },
  consentFor: 'You are acting for {name}.',
};
