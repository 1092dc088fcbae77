import type { VNode } from 'preact';
import type { Text } from '../text/index.ts';

export interface FileFieldProps {
  text: Text;
  name: string;
  label: string;
  hint: string;
  error?: string | undefined;
  /** What the browser offers first: types and endings, parted by commas. */
  accept: string;
}

/** Renders the field by which a file is chosen; it needs no script. */
export const FileField = ({ text, name, label, hint, error, accept }: FileFieldProps): VNode => (
  <div class={error ? 'field wrong' : 'field'}>
    <label for={name}>{label}</label>
    <p class="hint" id={`${name}-hint`}>
      {hint}
    </p>
    {error && (
      <p class="field-error" id={`${name}-error`}>
        <span class="unseen">{text.layout.errorPrefix}</span>
        {error}
      </p>
    )}
    <input
      id={name}
      name={name}
      type="file"
      accept={accept}
      aria-describedby={error ? `${name}-hint ${name}-error` : `${name}-hint`}
      aria-invalid={error ? 'true' : undefined}
    />
  </div>
);
