import type { VNode } from 'preact';
import { fill, type Text } from '../text/index.ts';
import type { Schema } from './document.ts';

type Words = Text['api'];

const isNothing = ({ type }: Schema): boolean => type === 'null';

/** The forms a value may have, one that may be left empty not among them. */
const formsOf = (schema: Schema): Schema[] =>
  schema.anyOf === undefined ? [schema] : schema.anyOf.filter((one) => !isNothing(one));

const mayBeEmpty = (schema: Schema): boolean => schema.anyOf?.some(isNothing) === true;

const kindOf = (words: Words, { type, enum: choices, items }: Schema): string => {
  if (choices !== undefined) return fill(words.oneOf, { choices: choices.map(String).join(', ') });
  if (type === 'array')
    return fill(words.listOf, { item: items === undefined ? words.types.other : wordsOf(words, items) });
  return typeof type === 'string' && type in words.types
    ? words.types[type as keyof Words['types']]
    : words.types.other;
};

const boundsOf = (words: Words, schema: Schema): string => {
  const { minLength = schema.minItems, maxLength = schema.maxItems, minimum, maximum } = schema;
  // The bounds of whole numbers themselves say nothing.
  const isTold = maximum !== undefined && maximum < Number.MAX_SAFE_INTEGER;
  return [
    minLength !== undefined && fill(words.least, { count: String(minLength) }),
    maxLength !== undefined && fill(words.most, { count: String(maxLength) }),
    isTold && fill(words.range, { least: String(minimum ?? 0), most: String(maximum) }),
  ]
    .filter(Boolean)
    .join(words.comma);
};

/** Says in words what a value is: its kind, its bounds, and whether it may be empty. */
const wordsOf = (words: Words, schema: Schema): string => {
  const forms = formsOf(schema).map((form) =>
    [kindOf(words, form), boundsOf(words, form)].filter(Boolean).join(words.comma),
  );
  const said = [...new Set(forms)].join(words.or);
  return mayBeEmpty(schema) ? `${said}${words.or}${words.empty}` : said;
};

/** The objects in a value: itself, what its list holds, or each of its forms. */
const objectsIn = (schema: Schema): Schema[] =>
  formsOf(schema).flatMap((form) => {
    if (form.type === 'array') return form.items === undefined ? [] : objectsIn(form.items);
    return form.properties === undefined ? [] : [form];
  });

const Members = ({ schema, words }: { schema: Schema; words: Words }): VNode => (
  <ul>
    {Object.entries(schema.properties ?? {}).map(([name, member]) => (
      <li key={name}>
        <code class="code">{name}</code>{' '}
        <span class="hint">
          {wordsOf(words, member)}
          {schema.required?.includes(name) === true ? '' : `${words.comma}${words.optional}`}
        </span>
        <Inner schema={member} words={words} />
      </li>
    ))}
  </ul>
);

const Inner = ({ schema, words }: { schema: Schema; words: Words }): VNode => (
  <>
    {objectsIn(schema).map((one, i) => (
      <Members key={String(i)} schema={one} words={words} />
    ))}
  </>
);

/** Renders what goes in or out of an operation, member by member; several lists where it has several forms. */
export const Shape = ({ schema, words }: { schema: Schema; words: Words }): VNode => {
  const forms = objectsIn(schema).filter(({ properties = {} }) => Object.keys(properties).length > 0);
  if (forms.length === 0) return <p>{words.nothing}</p>;
  return (
    <>
      {forms.map((form, i) => (
        <div key={String(i)}>
          {i > 0 && <p>{words.orElse}</p>}
          <Members schema={form} words={words} />
        </div>
      ))}
    </>
  );
};
