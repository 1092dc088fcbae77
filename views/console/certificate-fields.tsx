import type { VNode } from 'preact';
import type { CertificateType, FieldDefinition } from '../../src/directory/index.ts';
import { holderTypes } from '../../src/terms/holder.ts';
import { Hidden } from '../parts/button.tsx';
import { Field } from '../parts/field.tsx';
import { SelectField } from '../parts/select-field.tsx';
import { fill, type Language, textOf } from '../text/index.ts';
import {
  cellInput,
  countInput,
  fieldInput,
  holderInput,
  holderList,
  rowsOf,
  type Values,
} from './certificate-inputs.ts';

/** What the inputs of a form are drawn from. */
export interface FormState {
  language: Language;
  type: CertificateType;
  values: Values;
  /** What is wrong, by input. */
  errors: Readonly<Record<string, string>>;
}

type PlainField = Exclude<FieldDefinition, { kind: 'rows' }>;
type RowsField = Extract<FieldDefinition, { kind: 'rows' }>;

/** Renders a line of text, with what was typed and what is wrong with it. */
export const Input = (props: {
  state: FormState;
  name: string;
  label: string;
  hint?: string;
  code?: boolean;
}): VNode => {
  const { state, ...rest } = props;
  return (
    <Field
      {...rest}
      text={textOf(state.language)}
      value={state.values[props.name]}
      error={state.errors[props.name]}
      autocomplete="off"
    />
  );
};

/** Renders the kinds of a holder's document that fit a type. */
const HolderType = ({ state, row }: { state: FormState; row: number }): VNode => {
  const text = textOf(state.language);
  const words = text.officersCertificates;
  const name = holderInput(row, 'type');
  const fitting = Object.entries(words.holderTypes).filter(
    ([code]) => holderTypes[code as keyof typeof holderTypes].kind === state.type.holderCategory,
  );
  return (
    <SelectField
      text={text}
      name={name}
      label={words.holderType}
      value={state.values[name] || (state.type.holderCategory === 'natural' ? '111' : '001')}
      error={state.errors[name]}
      options={fitting.map(([value, label]) => ({ value, label }))}
    />
  );
};

const More = ({ list, children }: { list: string; children: string }): VNode => (
  <button type="submit" class="button secondary" name="more" value={list}>
    {children}
  </button>
);

/** Renders the holders, as many as the type has at least and as were added. */
export const Holders = ({ state }: { state: FormState }): VNode => {
  const words = textOf(state.language).officersCertificates;
  const { leastHolders, mostHolders } = state.type;
  const count = rowsOf(state.values, holderList, leastHolders, mostHolders);
  return (
    <>
      <Hidden values={{ [countInput(holderList)]: String(count) }} />
      {Array.from({ length: count }, (_, row) => (
        <fieldset key={holderInput(row, 'code')}>
          <legend>{count === 1 ? words.holder : fill(words.holderOf, { row: String(row + 1) })}</legend>
          <HolderType state={state} row={row} />
          <Input state={state} name={holderInput(row, 'code')} label={words.holderCode} code />
          <Input state={state} name={holderInput(row, 'name')} label={words.holderName} />
        </fieldset>
      ))}
      {count < mostHolders && <More list={holderList}>{words.addHolder}</More>}
    </>
  );
};

const PlainInput = ({ state, field, name }: { state: FormState; field: PlainField; name: string }): VNode => {
  const { language, values, errors } = state;
  const text = textOf(language);
  const words = text.officersCertificates;
  const named = field.label[language];
  const label = field.required ? named : fill(words.optional, { label: named });
  if (field.kind === 'choice')
    return (
      <SelectField
        {...{ text, name, label }}
        value={values[name]}
        error={errors[name]}
        none={words.pick}
        options={field.choices.map((choice) => ({ value: choice.value, label: choice.label[language] }))}
      />
    );
  return <Input {...{ state, name, label }} hint={hintOf(field, state)} />;
};

const hintOf = (field: Exclude<PlainField, { kind: 'choice' }>, { language }: FormState): string => {
  const words = textOf(language).officersCertificates;
  switch (field.kind) {
    case 'text':
      return fill(words.textHint, { longest: String(field.longest) });
    case 'date':
      return words.dayHint;
    case 'integer':
      return fill(words.integerHint, { least: String(field.least), most: String(field.most) });
  }
};

const Rows = ({ state, field }: { state: FormState; field: RowsField }): VNode => {
  const words = textOf(state.language).officersCertificates;
  const label = field.label[state.language];
  const count = rowsOf(state.values, field.name, 1, field.most);
  return (
    <>
      <Hidden values={{ [countInput(field.name)]: String(count) }} />
      {Array.from({ length: count }, (_, row) => (
        <fieldset key={countInput(`${field.name}_${row}`)}>
          <legend>{fill(words.rowOf, { label, row: String(row + 1) })}</legend>
          {field.columns.map((column) => (
            <PlainInput
              key={column.name}
              state={state}
              field={column}
              name={cellInput(field.name, row, column.name)}
            />
          ))}
        </fieldset>
      ))}
      {count < field.most && <More list={field.name}>{words.addRow}</More>}
    </>
  );
};

/** Renders the face fields of a type, each as its definition says. */
export const FaceFields = ({ state }: { state: FormState }): VNode => (
  <>
    {state.type.fields.map((field) =>
      field.kind === 'rows' ? (
        <Rows key={field.name} state={state} field={field} />
      ) : (
        <PlainInput key={field.name} state={state} field={field} name={fieldInput(field.name)} />
      ),
    )}
  </>
);
