import type { VNode } from 'preact';
import { Layout, type PageContext } from '../layout.tsx';
import { Button, Hidden } from '../parts/button.tsx';
import { ErrorSummary, type FieldError } from '../parts/error-summary.tsx';
import { Field } from '../parts/field.tsx';
import { Notice } from '../parts/notice.tsx';
import { fill, textOf } from '../text/index.ts';
import { WaysOn } from './parts.tsx';

export const peerInputs = ['address', 'code', 'name', 'key'] as const;
export type PeerInput = (typeof peerInputs)[number];

export interface AddPeerPageProps {
  context: PageContext;
  csrf: string;
  /** What was typed so far. */
  draft: Record<PeerInput, string>;
  errors: FieldError[];
}

/** Renders the form that registers a region; it takes `csrf`, `address`, `code`, `name` and `key`. */
export const AddPeerPage = ({ context, csrf, draft, errors }: AddPeerPageProps): VNode => {
  const text = textOf(context.language);
  const words = text.recognition.peer;
  return (
    <Layout context={context} title={words.add} wrong={errors.length > 0}>
      <ErrorSummary text={text} errors={errors} />
      <h1>{words.add}</h1>
      <p>{words.addLead}</p>
      <form method="post" action="/console/peers/add">
        <Hidden values={{ csrf }} />
        {peerInputs.map((input) => (
          <Field
            key={input}
            text={text}
            name={input}
            label={words[input]}
            hint={words[`${input}Hint`]}
            value={draft[input]}
            error={errors.find(({ field }) => field === input)?.text}
            autocomplete="off"
            maxLength={512}
          />
        ))}
        <Button>{words.register}</Button>
      </form>
      <WaysOn context={context} back={{ href: '/console/peers', label: words.back }} />
    </Layout>
  );
};

export interface ComparePeerPageProps {
  context: PageContext;
  /** The region's page; `/compare` below it takes `csrf` and `heard`. */
  href: string;
  csrf: string;
  name: string;
  /** Whether this officer has compared it before. */
  already: boolean;
  error?: string;
}

/** Renders the comparison of a fingerprint: what the other side reads out is typed in, and is not shown here. */
export const ComparePeerPage = ({
  context,
  href,
  csrf,
  name,
  already,
  error,
}: ComparePeerPageProps): VNode => {
  const text = textOf(context.language);
  const words = text.recognition.peer;
  const title = fill(words.compareTitle, { name });
  return (
    <Layout context={context} title={title} wrong={Boolean(error)}>
      <ErrorSummary text={text} errors={error === undefined ? [] : [{ field: 'heard', text: error }]} />
      <h1>{title}</h1>
      {already && (
        <Notice>
          <p>{words.already}</p>
        </Notice>
      )}
      {!already && (
        <form method="post" action={`${href}/compare`}>
          <Hidden values={{ csrf }} />
          <p>{words.compareLead}</p>
          <Field
            text={text}
            name="heard"
            label={words.heard}
            hint={words.heardHint}
            error={error}
            autocomplete="off"
            maxLength={100}
            code
          />
          <Button>{words.compareDone}</Button>
        </form>
      )}
      <WaysOn context={context} back={{ href, label: words.backToOne }} />
    </Layout>
  );
};

/** Renders what blocking a region means, and asks before it is done; it takes `csrf`. */
export const BlockPeerPage = ({
  context,
  href,
  csrf,
  name,
}: Pick<ComparePeerPageProps, 'context' | 'href' | 'csrf' | 'name'>): VNode => {
  const words = textOf(context.language).recognition.peer;
  const title = fill(words.blockTitle, { name });
  return (
    <Layout context={context} title={title}>
      <h1>{title}</h1>
      <p>{words.blockLead}</p>
      <form method="post" action={`${href}/block`}>
        <Hidden values={{ csrf }} />
        <Button kind="danger">{words.blockDone}</Button>
      </form>
      <WaysOn context={context} back={{ href, label: words.backToOne }} />
    </Layout>
  );
};
