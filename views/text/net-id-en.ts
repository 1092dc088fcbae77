import type { netIdZh } from './net-id-zh.ts';

/** The words of signing in by net-ID, and of binding one, in English. */
export const netIdEn: typeof netIdZh = {
  link: 'Sign in with your net-ID',
  linkHint: 'Only if you want to. It must have been bound before.',
  signIn: {
    title: 'Sign in with your net-ID',
    lead: 'Confirm who you are at the national net-ID service and come back here. Your net-ID must have been bound at My Yihao before.',
    voluntary:
      'Whether you use a net-ID is up to you. Without one you sign in another way and can do all the same things.',
    privacy:
      'We are given a code by which this net-ID is known again, and neither your name nor your ID number.',
    button: 'Go to the national net-ID service',
    other: 'Sign in another way',
  },
  done: {
    title: 'You confirmed who you are with your net-ID',
    text: 'Going back to {site}. If nothing happens, follow the link below.',
    goOn: 'Go on',
  },
  mine: {
    title: 'Net-ID',
    lead: 'Once bound, your net-ID signs you in to this account (level 2 at most). That is up to you: without it you can do all the same things.',
    check:
      'If the service proves that the net-ID is yours and its check is sure enough, that also counts as a check for level 3, for 2 years.',
    none: 'No net-ID is bound.',
    bound: 'Bound',
    used: 'Last sign-in',
    never: 'None yet',
    news: { bound: 'Your net-ID is bound.', unbound: 'Your net-ID is unbound.' },
    ask: 'Bind your own net-ID?',
    askText:
      'You go to the national net-ID service, confirm who you are, and come back here. Bind nobody else’s: whoever’s net-ID is bound can sign in to your account.',
    bind: 'Go and bind it',
    again: 'Have this net-ID checked anew',
    unbind: 'Unbind it',
    closed: 'This region offers no sign-in by net-ID now.',
    back: 'Back to ways to sign in',
  },
  unbind: {
    title: 'Unbind your net-ID?',
    text: 'After that it does not sign anybody in to this account any more. What is signed in can be ended under sessions and devices.',
    confirm: 'Unbind it',
    cancel: 'Keep it',
  },
};
