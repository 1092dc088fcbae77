import type { VNode } from 'preact';

export interface TextAreaProps {
  name: string;
  label: string;
  hint?: string;
  value: string;
  rows?: number;
  /** 2000 characters when left out. */
  longest?: number;
  /** To be copied, not changed. */
  readOnly?: boolean;
}

/** Renders a field of several lines of code or addresses; a long line moves within it. */
export const TextArea = (props: TextAreaProps): VNode => {
  const { name, label, hint, value, rows = 3, longest = 2000, readOnly } = props;
  return (
    <div class="field">
      <label for={name}>{label}</label>
      {hint && (
        <p class="hint" id={`${name}-hint`}>
          {hint}
        </p>
      )}
      <textarea
        class="code"
        id={name}
        name={readOnly ? undefined : name}
        rows={rows}
        maxLength={readOnly ? undefined : longest}
        readOnly={readOnly}
        spellcheck={false}
        wrap="off"
        aria-describedby={hint ? `${name}-hint` : undefined}
        value={value}
      />
    </div>
  );
};
