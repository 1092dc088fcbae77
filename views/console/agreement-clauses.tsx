import type { VNode } from 'preact';
import { fill, type Text } from '../text/index.ts';

/** One clause of an agreement in words; `key` names it across versions, so that two of them can be compared. */
export interface Clause {
  key: string;
  title: string;
  lines: string[];
}

/** What became of a clause between two versions. */
export interface ClauseChange {
  title: string;
  change: 'added' | 'removed' | 'changed';
  before: string[];
  after: string[];
}

/** A digest or thumbprint as people compare it: written in groups of four, and spoken. */
export interface Fingerprint {
  groups: string;
  words: string;
}

/** Renders what an agreement says. */
export const Clauses = ({ clauses }: { clauses: readonly Clause[] }): VNode => (
  <>
    {clauses.map(({ key, title, lines }) => (
      <section key={key}>
        <h3>{title}</h3>
        <ul>
          {lines.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      </section>
    ))}
  </>
);

/** Renders what differs between two versions; each line says by a word whether it went or came. */
export const ClauseChanges = ({
  changes,
  words,
}: {
  changes: readonly ClauseChange[];
  words: Text['recognition']['compare'];
}): VNode =>
  changes.length === 0 ? (
    <p>{words.same}</p>
  ) : (
    <div>
      {changes.map(({ title, change, before, after }) => (
        <section key={`${change} ${title} ${before[0]} ${after[0]}`}>
          <h3>
            {title} · <span class={change === 'removed' ? 'state ended' : 'state'}>{words[change]}</span>
          </h3>
          <ul>
            {before.map((line) => (
              <li key={`before ${line}`}>
                <del>{fill(words.before, { text: line })}</del>
              </li>
            ))}
            {after.map((line) => (
              <li key={`after ${line}`}>
                <ins>{fill(words.after, { text: line })}</ins>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  );

/** Renders a digest or thumbprint in groups, with how it is spoken. */
export const FingerprintLines = ({
  fingerprint: { groups, words },
  text,
}: {
  fingerprint: Fingerprint;
  text: Text;
}): VNode => (
  <>
    <p class="lead code">{groups}</p>
    <p class="hint" lang="en">
      {fill(text.recognition.one.spoken, { words })}
    </p>
  </>
);
