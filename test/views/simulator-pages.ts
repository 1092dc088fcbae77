import type { VNode } from 'preact';
import type { PageContext } from '../../views/layout.tsx';
import { PeoplePage } from '../../views/simulator/people.tsx';

/** The page of the simulator. */
export const simulatorPages = (context: PageContext): Record<string, VNode> => {
  const form = { context, action: '/act', csrf: 'csrf-1', abortAction: '/abort' };
  const people = [
    { name: '陈知远', maskedNumber: '9***6', level: null },
    { name: '林晚晴', maskedNumber: '9***7', level: 3 },
  ];
  return {
    simulatedPeople: PeoplePage({ ...form, people, isHintStrange: true }),
    simulatedNobody: PeoplePage({ ...form, people: [], isHintStrange: false }),
  };
};
