import type { miniProgramZh } from './mini-program-zh.ts';

/** The words of signing in through a mini-program, and of letting one in, in English. */
export const miniProgramEn: typeof miniProgramZh = {
  signIn: {
    title: 'Sign in by the WeChat mini-program',
    lead: 'You linked this WeChat account at My Yihao, so you can sign in at once.',
    person: 'Account',
    unnamed: 'An account without a name yet',
    button: 'It is me: sign in',
    level:
      'This is level 1 and counts in this mini-program only. What needs more will ask you to confirm who you are.',
    other: 'It is not me, or sign in another way',
  },
  list: {
    title: 'WeChat mini-program',
    lead: 'Once linked, this WeChat account signs you in when you open the mini-program (level 1, there only).',
    none: 'No WeChat account is linked.',
    item: 'A linked WeChat account',
    bound: 'Linked',
    used: 'Last sign-in',
    never: 'Not used yet',
    remove: 'Remove the link',
    make: 'Link WeChat',
    back: 'Back to ways to sign in',
    closed: 'This region has no mini-program.',
  },
  code: {
    title: 'Enter the link code in the mini-program',
    lead: 'Open the mini-program on your own phone, choose to link a Yihao account, and enter these 8 digits.',
    holds: 'It holds for {minutes} minutes and works once.',
    warning:
      'Tell the code to nobody and enter it on no page that somebody sent you: whoever uses it signs in to your account with their WeChat.',
    done: 'I entered it: show what is linked',
  },
  remove: {
    title: 'Remove the link to this WeChat account?',
    text: 'After that the mini-program asks for another sign-in. One that is open can be ended under sessions and devices.',
    confirm: 'Remove the link',
    cancel: 'Keep it',
  },
};
