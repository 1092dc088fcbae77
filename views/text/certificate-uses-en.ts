import type { certificateUsesZh } from './certificate-uses-zh.ts';

/** The same words in English. */
export const certificateUsesEn: typeof certificateUsesZh = {
  title: 'Wants to use your certificates: {item}',
  department: 'Department',
  purpose: 'What for',
  until: 'Until when',
  untilIfNow: 'Until {date}, if you agree now',
  narrow: 'Untick a certificate you do not want to give; of what is not ticked the site can read nothing.',
  required: 'Needed for this',
  optional: 'Can be left out',
  fields: 'It can read: {fields}',
  one: 'Issued by {issuer}, certificate identifier {identifier}',
  oneUntil: 'Issued by {issuer}, valid until {date}, certificate identifier {identifier}',
  none: 'You have no certificate of this kind that can be used (there is none, it has ended, or it is not trusted enough), so none is given.',
  standing:
    'Meanwhile each read leaves a line in “Who used my information”; you can withdraw at any time under “Use authorisations” in My Yihao.',
  lawTitle: 'Read by law, without your consent: {item}',
  law: 'Legal basis',
  lawText:
    'This is a duty by law and not your consent; each read leaves a line all the same, and you can object.',
  lawFields: '{type}: {fields}',
};
