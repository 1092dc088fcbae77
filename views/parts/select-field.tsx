import type { VNode } from 'preact';
import type { Text } from '../text/index.ts';

export interface SelectFieldProps {
  text: Text;
  name: string;
  label: string;
  hint?: string;
  error?: string | undefined;
  value?: string | undefined;
  /** What stands for no choice; left out where one is always made. */
  none?: string;
  options: readonly { value: string; label: string }[];
}

/** Renders a choice of one of several. */
export const SelectField = (props: SelectFieldProps): VNode => {
  const { text, name, label, hint, error, value, none, options } = props;
  const described = [hint && `${name}-hint`, error && `${name}-error`].filter(Boolean).join(' ');
  return (
    <div class={error ? 'field wrong' : 'field'}>
      <label for={name}>{label}</label>
      {hint && (
        <p class="hint" id={`${name}-hint`}>
          {hint}
        </p>
      )}
      {error && (
        <p class="field-error" id={`${name}-error`}>
          <span class="unseen">{text.layout.errorPrefix}</span>
          {error}
        </p>
      )}
      <select
        id={name}
        name={name}
        aria-describedby={described || undefined}
        aria-invalid={error ? 'true' : undefined}
      >
        {none !== undefined && <option value="">{none}</option>}
        {options.map((option) => (
          <option key={option.value} value={option.value} selected={option.value === value}>
            {option.label}
          </option>
        ))}
      </select>
    </div>
  );
};
