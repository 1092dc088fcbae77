import type { VNode } from 'preact';
import { Layout, type PageContext } from '../layout.tsx';
import { ActionLink, Button, Hidden } from '../parts/button.tsx';
import { ErrorSummary, type FieldError } from '../parts/error-summary.tsx';
import { Notice } from '../parts/notice.tsx';
import { fill, type Text, textOf } from '../text/index.ts';
import {
  AgreementInput,
  type Choice,
  headInputs,
  inputName,
  type RuleKind,
  ruleInputs,
  type TypedDraft,
} from './agreement-inputs.tsx';
import { WaysOn } from './parts.tsx';

/** What a draft is for, and where its pages are: `<base>/draft` and `<base>/paste`. */
export interface DraftPlace {
  purpose: 'new' | 'again' | 'next';
  base: string;
}

export interface DraftPageProps {
  context: PageContext;
  csrf: string;
  place: DraftPlace;
  peers: readonly Choice[];
  /** The versions of mappings that a rule can refer to. */
  mappings: readonly Choice[];
  draft: TypedDraft;
  /** The fields that are wrong, each with its sentence. */
  errors: FieldError[];
  isFull: boolean;
}

const titleOf = ({ recognition: { draft } }: Text, { purpose }: DraftPlace): string =>
  ({ new: draft.titleNew, again: draft.titleAgain, next: draft.titleNext })[purpose];

const kinds: readonly RuleKind[] = ['signIn', 'certificates'];

const ruleTitle = ({ recognition: { draft } }: Text, kind: RuleKind, i: number): string =>
  fill(kind === 'signIn' ? draft.signIn : draft.certificate, { n: String(i + 1) });

const Rules = ({ props, text }: { props: DraftPageProps; text: Text }): VNode => {
  const { draft, errors } = props;
  return (
    <>
      {kinds.flatMap((kind) =>
        draft[kind].map((rule, i) => (
          <fieldset key={inputName(kind, i, '')}>
            <legend>{ruleTitle(text, kind, i)}</legend>
            {ruleInputs[kind].map((input) => {
              const name = inputName(kind, i, input);
              const isWrong = errors.some(({ field }) => field === name);
              return (
                <AgreementInput
                  key={name}
                  {...{ text, name, input, isWrong }}
                  value={rule[input]}
                  peers={[]}
                  mappings={props.mappings}
                />
              );
            })}
          </fieldset>
        )),
      )}
    </>
  );
};

/** The first button of a form is the one that the Enter key presses, so saving stands before all others. */
const Buttons = ({ props, text }: { props: DraftPageProps; text: Text }): VNode => {
  const { draft, isFull } = props;
  const words = text.recognition.draft;
  return (
    <div class="stack">
      <Button name="step" value="save">
        {words.save}
      </Button>
      {isFull && <p>{words.full}</p>}
      {!isFull && (
        <div class="pair">
          <Button kind="secondary" name="step" value="add-signIn">
            {words.addSignIn}
          </Button>
          <Button kind="secondary" name="step" value="add-certificates">
            {words.addCertificate}
          </Button>
        </div>
      )}
      {kinds.flatMap((kind) =>
        draft[kind].map((_rule, i) => (
          <Button key={inputName(kind, i, '')} kind="quiet" name="step" value={`remove-${kind}-${i}`}>
            {fill(kind === 'signIn' ? words.removeSignIn : words.removeCertificate, { n: String(i + 1) })}
          </Button>
        )),
      )}
    </div>
  );
};

/** Renders the form of a draft: both sides, the dates, and each rule with what it means. */
export const DraftPage = (props: DraftPageProps): VNode => {
  const { context, csrf, place, peers, draft, errors } = props;
  const text = textOf(context.language);
  const words = text.recognition.draft;
  const title = titleOf(text, place);
  const hasRules = draft.signIn.length + draft.certificates.length > 0;
  return (
    <Layout context={context} title={title} wrong={errors.length > 0}>
      <ErrorSummary text={text} errors={errors} />
      <h1>{title}</h1>
      <p>{words.lead}</p>
      {peers.length === 0 && (
        <Notice>
          <p>{words.noPeers}</p>
          <ActionLink href="/console/peers">{text.recognition.peers}</ActionLink>
        </Notice>
      )}
      <form method="post" action={`${place.base}/draft`}>
        <Hidden values={{ csrf }} />
        <fieldset id="basics">
          <legend>{words.basics}</legend>
          {headInputs.map((input) => (
            <AgreementInput
              key={input}
              {...{ text, input, peers }}
              mappings={[]}
              name={input}
              value={draft.head[input]}
              isWrong={errors.some(({ field }) => field === input)}
            />
          ))}
        </fieldset>
        {!hasRules && <p>{words.rulesNone}</p>}
        <Rules props={props} text={text} />
        <Buttons props={props} text={text} />
      </form>
      <ActionLink href={`${place.base}/paste`}>{words.paste}</ActionLink>
      <WaysOn context={context} back={{ href: '/console/agreements', label: text.recognition.back }} />
    </Layout>
  );
};

export interface PastePageProps {
  context: PageContext;
  csrf: string;
  place: DraftPlace;
  document: string;
  errors: FieldError[];
}

/** Renders the field that a document is pasted into; it takes `csrf` and `document`. */
export const PastePage = ({ context, csrf, place, document, errors }: PastePageProps): VNode => {
  const text = textOf(context.language);
  const words = text.recognition.draft;
  const isWrong = errors.length > 0;
  return (
    <Layout context={context} title={words.pasteTitle} wrong={isWrong}>
      <ErrorSummary text={text} errors={errors} />
      <h1>{words.pasteTitle}</h1>
      <p>{words.pasteLead}</p>
      <form method="post" action={`${place.base}/paste`}>
        <Hidden values={{ csrf }} />
        <div class={isWrong ? 'field wrong' : 'field'}>
          <label for="document">{words.document}</label>
          <p class="hint" id="document-hint">
            {words.documentHint}
          </p>
          <textarea
            id="document"
            name="document"
            class="code"
            rows={20}
            spellcheck={false}
            aria-describedby="document-hint"
            aria-invalid={isWrong ? 'true' : undefined}
            value={document}
          />
        </div>
        <Button>{words.save}</Button>
      </form>
      <ActionLink href={`${place.base}/draft`}>{words.form}</ActionLink>
      <WaysOn context={context} back={{ href: '/console/agreements', label: text.recognition.back }} />
    </Layout>
  );
};
