import type { VNode } from 'preact';
import type { Verdict } from '../../src/terms/verdict.ts';
import { fill, type Text } from '../text/index.ts';
import { Notice } from './notice.tsx';

export type ShownVerdict = Verdict;

const textOfVerdict = (words: Text['verify'], verdict: Verdict): string => {
  switch (verdict.kind) {
    case 'genuine':
      return words.genuineText;
    case 'ended':
      return fill(words.endedText, { date: verdict.endedOn });
    case 'notInForce':
      return words.notInForceText;
    case 'notGenuine':
      return words.notGenuineText;
    case 'unknown':
      return words.unknownText;
  }
};

/** Renders a verdict in words; only one of them is good, and that is not told by colour alone. */
export const VerdictNotice = ({ words, verdict }: { words: Text['verify']; verdict: Verdict }): VNode => (
  <Notice kind={verdict.kind === 'genuine' ? 'plain' : 'error'} title={words[verdict.kind]}>
    <p>{textOfVerdict(words, verdict)}</p>
  </Notice>
);
