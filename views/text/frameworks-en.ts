import type { frameworksZh } from './frameworks-zh.ts';

/** The words of frameworks that many regions join, as officers read them, in English. */
export const frameworksEn: typeof frameworksZh = {
  members: 'Members',
  membersLead:
    'As the list signed by the operator says, renewed every 30 seconds. Once it is older than 2 minutes, sign-in and verification between members pause.',
  noMembers: 'No region has joined yet.',
  member: '{name} ({region}): {state}',
  widening: 'An agreement of two members beside it may go beyond this framework',
  narrowing: 'An agreement of two members beside it can only be stricter than this framework',
  accede: 'Draft an accession',
  title: 'Join the framework of {name}',
  lead: 'Choose clause by clause what this region offers and what it accepts, and what it reserves. What is saved is a draft: another officer signs it, then the operator does, and only then you have joined.',
  trust:
    'Who joins lets the operator vouch for the servers and keys of the other members, and compares no fingerprint with each of them. You can still block a member at any time, or suspend or end your own accession.',
  effect:
    'Between two members holds what the framework, the offer of one and the acceptance of the other have in common, less what either reserves; the strictest counts.',
  basics: 'This side and the term',
  rule: 'Clause {n}: {title}',
  offer: 'Offer: this region vouches for its own citizens or certificates, and other members may rely on it',
  accept: 'Accept: this region relies on what other members vouch for',
  reserveLead:
    'A reservation holds for what is offered and what is accepted. Leave empty what you do not reserve.',
  signInReservations: 'Reservations on sign-in',
  purposes: {
    label: 'Not for these purposes',
    hint: 'Codes of purposes, separated by spaces; of those the clause lists.',
  },
  claims: {
    label: 'Neither give nor take this information',
    hint: 'For example phone_number, separated by spaces.',
  },
  fields: {
    label: 'Neither give nor take these fields',
    hint: 'Names of fields, separated by spaces; of those the clause lists.',
  },
  save: 'Save the draft',
  notPossible: 'This framework cannot be joined now: it is over, or this region is its operator.',
};
