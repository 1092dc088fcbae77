import type { VNode } from 'preact';
import { Layout, type PageContext } from './layout.tsx';
import { ActionLink, Button } from './parts/button.tsx';
import { ErrorSummary } from './parts/error-summary.tsx';
import { Field } from './parts/field.tsx';
import { FileField } from './parts/file-field.tsx';
import { type ShownVerdict, VerdictNotice } from './parts/verdict.tsx';
import { fill, textOf } from './text/index.ts';

export interface VerifyPageProps {
  context: PageContext;
  identifier: string;
  verdict: ShownVerdict | null;
  /** Which of the two forms the verdict or the error is about. */
  about: 'identifier' | 'file';
  /** How large a file may be. */
  megabytes: number;
  error?: string;
}

const acceptedFiles = '.pdf,.png,.json,.txt,application/pdf,image/png,application/json,text/plain';

/** Renders the public page that tells whether a certificate is genuine, by its identifier or by a file of it. */
export const VerifyPage = (props: VerifyPageProps): VNode => {
  const { context, identifier, verdict, about, megabytes, error } = props;
  const text = textOf(context.language);
  const { verify: words, verifyFile: fileWords } = text;
  const { notGenuineText } = fileWords;
  const verdictWords = about === 'file' ? { ...words, notGenuineText } : words;
  return (
    <Layout context={context} title={words.title} wrong={error !== undefined}>
      {error !== undefined && <ErrorSummary text={text} errors={[{ field: about, text: error }]} />}
      <h1>{words.title}</h1>
      {verdict !== null && <VerdictNotice words={verdictWords} verdict={verdict} />}
      <p>{words.lead}</p>
      <form method="post" action="/verify">
        <Field
          text={text}
          name="identifier"
          label={words.identifier}
          hint={words.identifierHint}
          error={about === 'identifier' ? error : undefined}
          value={identifier}
          autocomplete="off"
          maxLength={128}
          code
        />
        <Button>{words.ask}</Button>
      </form>
      <h2>{fileWords.title}</h2>
      <p>{fileWords.lead}</p>
      <form method="post" action="/verify/file" enctype="multipart/form-data">
        <FileField
          text={text}
          name="file"
          label={fileWords.file}
          hint={fill(fileWords.hint, { megabytes: String(megabytes) })}
          error={about === 'file' ? error : undefined}
          accept={acceptedFiles}
        />
        <Button>{fileWords.ask}</Button>
      </form>
      <p class="hint">{words.scope}</p>
      <ActionLink href="/">{text.error.home}</ActionLink>
    </Layout>
  );
};
