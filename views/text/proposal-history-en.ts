import type { proposalHistoryZh } from './proposal-history-zh.ts';

/** The words of what was decided about a thing, in English. */
export const proposalHistoryEn: typeof proposalHistoryZh = {
  title: 'What was decided',
  lead: 'All that was proposed about one thing, why, and what came of it, as it stood at the end of any day.',
  subject: 'Identifier of the thing',
  to: 'Until',
  hints: {
    subject: 'Of an officer, a site, an agreement, a certificate type and so on.',
    to: 'For example 2026-11-25; leave it empty for now.',
  },
  search: 'Show',
  none: 'There is nothing that you may see. Check the identifier.',
  standing: 'What it had come to',
  nothing: 'Nothing had taken effect by then.',
  since: '{value} (since {date})',
  course: 'How it went, newest first',
  reason: 'Reason: {reason}',
  emergency: 'emergency, acted on at once',
  cut: 'Only the newest 200 are shown. For older ones name an earlier day.',
  link: 'What was decided about this before',
};
