import type { VNode } from 'preact';
import type { PageContext } from '../layout.tsx';
import { momentOf } from '../parts/moment.ts';
import { languageMark } from '../parts/name.ts';
import { fill, type Text, textOf } from '../text/index.ts';

type Words = Text['certificateUses'];

/** One type of certificate that is wanted, and which of the person's can serve. */
export interface ShownNeed {
  typeName: string;
  required: boolean;
  /** Labels of the fields that would be read. */
  fields: readonly string[];
  /** `input` is the name of the tick box; empty when no certificate of the person's serves. */
  choices: readonly {
    input: string;
    issuerName: string;
    identifier: string;
    validUntil: string | null;
    ticked: boolean;
  }[];
}

/** What certificates are wanted for: one service item. */
export interface ShownUse {
  item: string;
  department: string;
  purpose: string;
  /** The law and its article when it is a duty: then nothing is asked. */
  law: string | null;
  /** Until when it would hold if it were agreed to now. */
  usableUntil: Date;
  needs: readonly ShownNeed[];
}

interface UseProps {
  context: PageContext;
  words: Words;
  use: ShownUse;
}

const Terms = ({ context, rows }: { context: PageContext; rows: readonly [string, string][] }): VNode => (
  <dl>
    {rows.map(([term, value]) => (
      <div key={term}>
        <dt>{term}</dt>
        <dd lang={languageMark(context.language, value)}>{value}</dd>
      </div>
    ))}
  </dl>
);

const listOf = (context: PageContext, labels: readonly string[]): string =>
  labels.join(context.language === 'zh' ? '、' : ', ');

const Need = ({ context, words, need }: Omit<UseProps, 'use'> & { need: ShownNeed }): VNode => (
  <fieldset>
    <legend>{need.typeName}</legend>
    <p class="hint">
      {need.required ? words.required : words.optional}
      {context.language === 'zh' ? '。' : '. '}
      {fill(words.fields, { fields: listOf(context, need.fields) })}
    </p>
    {need.choices.length === 0 && <p>{words.none}</p>}
    {need.choices.map(({ input, issuerName, identifier, validUntil, ticked }) => (
      <label class="choice" key={input}>
        <input type="checkbox" name={input} value="yes" checked={ticked} />
        <span>
          {fill(validUntil === null ? words.one : words.oneUntil, {
            issuer: issuerName,
            identifier,
            date: validUntil ?? '',
          })}
        </span>
      </label>
    ))}
  </fieldset>
);

const AskedUse = ({ context, words, use }: UseProps): VNode => (
  <section>
    <h2>{fill(words.title, { item: use.item })}</h2>
    <Terms
      context={context}
      rows={[
        [words.department, use.department],
        [words.purpose, use.purpose],
        [words.until, fill(words.untilIfNow, { date: momentOf(context.language, use.usableUntil) })],
      ]}
    />
    <p>{words.narrow}</p>
    {use.needs.map((need) => (
      <Need key={need.typeName} context={context} words={words} need={need} />
    ))}
    <p class="hint">{words.standing}</p>
  </section>
);

const LawfulUse = ({ context, words, use, law }: UseProps & { law: string }): VNode => (
  <section>
    <h2>{fill(words.lawTitle, { item: use.item })}</h2>
    <Terms
      context={context}
      rows={[
        [words.department, use.department],
        [words.purpose, use.purpose],
        [words.law, law],
      ]}
    />
    <ul>
      {use.needs.map(({ typeName, fields }) => (
        <li key={typeName}>{fill(words.lawFields, { type: typeName, fields: listOf(context, fields) })}</li>
      ))}
    </ul>
    <p class="hint">{words.lawText}</p>
  </section>
);

/** Renders the certificates a site wants to use; what the law lets it read is told apart and cannot be ticked. */
export const CertificateUses = ({
  context,
  uses,
}: {
  context: PageContext;
  uses: readonly ShownUse[];
}): VNode => {
  const words = textOf(context.language).certificateUses;
  return (
    <>
      {uses.map((use) =>
        use.law === null ? (
          <AskedUse key={use.item} context={context} words={words} use={use} />
        ) : (
          <LawfulUse key={use.item} context={context} words={words} use={use} law={use.law} />
        ),
      )}
    </>
  );
};
