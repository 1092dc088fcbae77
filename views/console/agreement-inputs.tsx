import type { VNode } from 'preact';
import { Field } from '../parts/field.tsx';
import { SelectField } from '../parts/select-field.tsx';
import { fill, type Text } from '../text/index.ts';

/** What a form of an agreement asks for, in its order; a rule of a kind asks for each once. */
export const headInputs = [
  'peer',
  'ownCreditCode',
  'peerCreditCode',
  'validFrom',
  'validUntil',
  'reviewBy',
  'noticeDays',
  'legalBasis',
] as const;
export const ruleInputs = {
  signIn: [
    'from',
    'to',
    'purposes',
    'claims',
    'minimumLevel',
    'maximumLevel',
    'mapping',
    'levelMap',
    'maximumAuthenticationAgeSeconds',
  ],
  certificates: [
    'from',
    'to',
    'type',
    'mapping',
    'as',
    'fields',
    'fieldMap',
    'purposes',
    'minimumLevel',
    'consent',
    'channels',
    'trustMap',
    'maximumStatusAgeSeconds',
    'retentionDays',
    'requestsPerMinute',
  ],
} as const;

export type RuleKind = keyof typeof ruleInputs;
export type InputName = (typeof headInputs)[number] | (typeof ruleInputs)[RuleKind][number];
/** One set of inputs as typed; what is missing is empty. */
export type Typed = Partial<Record<InputName, string>>;

/** An agreement as it is typed into the form. */
export interface TypedDraft {
  head: Typed;
  signIn: Typed[];
  certificates: Typed[];
}

/** Names the field of an input of a rule; names have no dots, which the form's reader takes for paths. */
export const inputName = (kind: RuleKind, i: number, input: string): string => `${kind}${i}_${input}`;

export interface Choice {
  value: string;
  label: string;
}

/** What can be chosen for an input; null where it is typed. */
const choicesOf = (
  text: Text,
  input: InputName,
  { peers, mappings }: { peers: readonly Choice[]; mappings: readonly Choice[] },
): readonly Choice[] | null => {
  const words = text.recognition.draft;
  const entries = (of: Record<string, string>) =>
    Object.entries(of).map(([value, label]) => ({ value, label }));
  if (input === 'peer') return peers;
  if (input === 'mapping') return mappings;
  if (input === 'minimumLevel' || input === 'maximumLevel') return entries(words.levels);
  if (input === 'consent') return entries(words.consents);
  return input === 'channels' ? entries(words.channels) : null;
};

/** Renders one input of the form, with what it means. */
export const AgreementInput = (props: {
  text: Text;
  name: string;
  input: InputName;
  value: string | undefined;
  peers: readonly Choice[];
  mappings: readonly Choice[];
  isWrong: boolean;
}): VNode => {
  const { text, name, input, value, isWrong } = props;
  const { fields, draft } = text.recognition;
  const { label, hint } = fields[input];
  const error = isWrong ? fill(draft.wrong.field, { label }) : undefined;
  const shared = { text, name, label, hint, value, error };
  const options = choicesOf(text, input, props);
  if (input === 'mapping' && options !== null)
    return <SelectField {...shared} none={draft.noMapping} options={options} />;
  if (options !== null) return <SelectField {...shared} options={options} />;
  return <Field {...shared} autocomplete="off" maxLength={2000} />;
};
