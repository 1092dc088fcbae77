import type { siteHealthZh } from './site-health-zh.ts';

/** The words of how sites fare, for developers and officers, in English. */
export const siteHealthEn: typeof siteHealthZh = {
  title: 'How it fares',
  lead: 'Figures of today are at most 5 seconds old; requests in which somebody else used the site’s identifier count as refused too.',
  live: 'How it fares in production',
  quota: 'Quota',
  quotaLine:
    '{perMinute} requests a minute at the token, PAR and like endpoints, and {perMinute} more at the department interface',
  quotaHow: 'Beyond it the answer is 429 with Retry-After. Ask a site manager if it does not suffice.',
  requests: 'Requests',
  requestsLine:
    '{today} today, {week} in 7 days; refused {refusedToday} ({rateToday}), in 7 days {refusedWeek} ({rateWeek})',
  refusedLine: '{requests} requests, {refused} refused ({rate})',
  apiCalls: 'Calls of the department interface',
  daysLine: '{today} today, {week} in 7 days',
  overQuota: 'Beyond the quota',
  causes: 'Why requests were refused (7 days, sign-in included)',
  causeLine: '{count} × {cause}',
  answers: 'How the site answers (7 days)',
  answersNone: 'Nothing was sent to the site in 7 days.',
  calls: { signOut: 'Sign-out notices', ping: 'Pings of answers', signal: 'Signals' },
  answerLine: '{call}: {taken} taken, {mean} ms on average; {slow} of them took 2 s or more; {failed} failed',
  noMean: '–',
  change: 'Change the quota',
  quotaTitle: 'Change the quota of “{name}”',
  quotaLead:
    'One officer proposes and another decides; it takes effect within a second. Now it is {perMinute} a minute.',
  perMinute: 'Requests a minute',
  perMinuteHint: 'A whole number, 10 to 1000000.',
  submit: 'Send for approval',
  ailing: 'Sites that are slow, refused often or beyond their quota (today)',
  ailingNone: 'There is none today.',
};
