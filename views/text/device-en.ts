import type { deviceZh } from './device-zh.ts';

/** The words of signing in at a kiosk by one's own phone, in English. */
export const deviceEn: typeof deviceZh = {
  enter: {
    title: 'Sign in at a kiosk',
    lead: 'Enter the 8 letters on the kiosk’s screen. Do so only if you are standing in front of that kiosk and it is your own business.',
    code: 'Code on the screen',
    codeHint: 'For example BCDF-GHJK. Small letters are fine, and the dash may be left out.',
    button: 'Continue',
    faults: {
      unknown:
        'This code cannot be used now: it may be mistyped, used already, or over 10 minutes old. Compare it with the screen and try again, or ask for a new code at the kiosk.',
      over: 'This step is too old, and nobody was signed in at the kiosk. Enter the code on the screen again; if it cannot be used, ask for a new one at the kiosk.',
      limit: 'Too many codes were tried. Try again in {waitMinutes} minutes, or ask at a counter.',
    },
  },
  confirm: {
    title: 'Do you want to sign in at this kiosk?',
    lead: 'Compare the code and the place below. Go on only if they are those of the screen in front of you.',
    code: 'Code that the screen shows',
    place: 'Where the kiosk stands',
    site: 'Service',
    department: 'Department',
    purpose: 'Purpose',
    warning: 'If somebody sent you the code or a link, or you are not at this place, choose “Not me”.',
    yes: 'The codes are the same, continue',
    no: 'Not me',
  },
  done: {
    title: 'Confirmed',
    lead: 'Look at the kiosk’s screen: “{site}” is signing you in. There is nothing more to do on this phone.',
    leave: 'Sign out at the kiosk when you are done.',
  },
  refused: {
    title: 'Nobody was signed in',
    lead: 'The kiosk was told nothing about you, and this code is void. If you pressed it by mistake, ask for a new code at the kiosk.',
    help: 'If somebody asked you to scan a code, do not scan it again. For help call {helpLine}.',
  },
};
