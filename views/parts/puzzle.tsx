import type { VNode } from 'preact';
import { fill, type Text } from '../text/index.ts';

/** A puzzle as puzzle.js reads it. */
export interface ShownPuzzle {
  salt: string;
  bits: number;
  waitSeconds: number;
}

/**
 * Renders a puzzle inside its form, which then carries `solution`. What is read without scripts is the way without: the
 * wait. puzzle.js shows the other sentences in its place.
 */
export const Puzzle = ({ puzzle, text }: { puzzle: ShownPuzzle; text: Text }): VNode => {
  const words = text.abuse.puzzle;
  const { salt, bits, waitSeconds } = puzzle;
  const wait = waitSeconds > 0 ? fill(words.wait, { waitSeconds: String(waitSeconds) }) : words.waited;
  return (
    <div id="puzzle" class="field" data-salt={salt} data-bits={bits} role="status">
      <input type="hidden" name="solution" value="" />
      <p class="hint" data-when="waiting">
        {wait}
      </p>
      <p class="hint" data-when="solving" hidden>
        {words.solving}
      </p>
      <p class="hint" data-when="solved" hidden>
        {words.solved}
      </p>
    </div>
  );
};
