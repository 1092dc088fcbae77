import type { VNode } from 'preact';
import type { Text } from '../text/index.ts';

export interface FieldError {
  /** The id of the field the sentence is about. */
  field: string;
  text: string;
}

/** Renders what is to be corrected, each sentence linked to its field; nothing when there is nothing. */
export const ErrorSummary = ({ text, errors }: { text: Text; errors: FieldError[] }): VNode | null =>
  errors.length === 0 ? null : (
    <div class="notice error" role="alert" tabIndex={-1} data-focus>
      <h2>{text.layout.errorSummary}</h2>
      <ul class="plain">
        {errors.map((error) => (
          <li key={error.text}>
            <a class="target" href={`#${error.field}`}>
              {error.text}
            </a>
          </li>
        ))}
      </ul>
    </div>
  );
