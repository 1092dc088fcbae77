import type { VNode } from 'preact';
import { Layout, type PageContext } from '../layout.tsx';
import { Button, Hidden } from '../parts/button.tsx';
import { Notice } from '../parts/notice.tsx';
import { fill, textOf } from '../text/index.ts';
import {
  type Clause,
  type ClauseChange,
  ClauseChanges,
  Clauses,
  type Fingerprint,
  FingerprintLines,
} from './agreement-clauses.tsx';
import { WaysOn } from './parts.tsx';

export interface SignPageProps {
  context: PageContext;
  /** The page of the version; `/sign` below it takes `csrf` and `digest`. */
  href: string;
  csrf: string;
  name: string;
  clauses: readonly Clause[];
  /** What differs from the version before; null for the first. */
  changes: readonly ClauseChange[] | null;
  /** The digest as sent, and as compared. */
  digest: { whole: string; shown: Fingerprint };
  /** What the signature does; `own` and `notNow` when this officer cannot sign. */
  way: 'propose' | 'countersign' | 'own' | 'notNow';
  error?: string;
}

/** Renders what is to be signed: the whole text in words, what differs, the digest, and the signature. */
export const SignPage = (props: SignPageProps): VNode => {
  const { context, href, csrf, name, clauses, changes, digest, way, error } = props;
  const text = textOf(context.language);
  const words = text.recognition;
  return (
    <Layout context={context} title={words.sign.title} wrong={Boolean(error)}>
      {error && (
        <Notice kind="error">
          <p>{error}</p>
        </Notice>
      )}
      <h1>{words.sign.title}</h1>
      <p class="lead">{fill(words.one.title, { name })}</p>
      <p>{words.sign.lead}</p>
      <section class="apart" aria-labelledby="text">
        <h2 id="text">{words.one.text}</h2>
        <Clauses clauses={clauses} />
      </section>
      <section class="apart" aria-labelledby="differs">
        <h2 id="differs">{words.sign.differsTitle}</h2>
        {changes === null ? (
          <p>{words.sign.first}</p>
        ) : (
          <ClauseChanges changes={changes} words={words.compare} />
        )}
      </section>
      <section class="apart" aria-labelledby="digest">
        <h2 id="digest">{words.one.digest}</h2>
        <p>{words.sign.digestAsk}</p>
        <FingerprintLines fingerprint={digest.shown} text={text} />
      </section>
      {way === 'own' || way === 'notNow' ? (
        <Notice>
          <p>{words.sign[way]}</p>
        </Notice>
      ) : (
        <form method="post" action={`${href}/sign`}>
          <Hidden values={{ csrf, digest: digest.whole }} />
          <Button>{words.sign[way]}</Button>
        </form>
      )}
      <WaysOn context={context} back={{ href, label: words.backToOne }} />
    </Layout>
  );
};
