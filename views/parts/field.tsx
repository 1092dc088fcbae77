import type { VNode } from 'preact';
import type { Text } from '../text/index.ts';

export interface FieldProps {
  text: Text;
  name: string;
  label: string;
  type?: 'text' | 'password';
  hint?: string;
  error?: string | undefined;
  value?: string | undefined;
  autocomplete?: string;
  maxLength?: number;
  /** For numbers of documents: capitals, no spelling check. */
  code?: boolean;
  /** For a few digits: a telephone shows its number keys. */
  digits?: boolean;
}

const codeAttributes = { inputMode: 'text', spellcheck: false, autocapitalize: 'characters' } as const;

/** Renders a labelled field; hint and error are tied to it for those who hear the page. */
export const Field = (props: FieldProps): VNode => {
  const { text, name, label, type = 'text', hint, error, code, digits, ...rest } = props;
  const described = [hint && `${name}-hint`, error && `${name}-error`].filter(Boolean).join(' ');
  const shared = {
    id: name,
    name,
    value: rest.value,
    autocomplete: rest.autocomplete,
    maxLength: rest.maxLength,
    'aria-describedby': described || undefined,
    'aria-invalid': error ? ('true' as const) : undefined,
  };
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
      {type === 'password' ? (
        <input {...shared} type="password" />
      ) : (
        <input
          {...shared}
          type="text"
          {...(code && codeAttributes)}
          {...(digits && { inputMode: 'numeric' })}
        />
      )}
    </div>
  );
};
