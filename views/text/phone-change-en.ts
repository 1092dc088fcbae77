import type { phoneChangeZh } from './phone-change-zh.ts';

/** The same words in English. */
export const phoneChangeEn: typeof phoneChangeZh = {
  title: 'Telephone',
  link: 'See or change your telephone',
  present: 'The telephone of your account: {phone}',
  none: 'Your account has no telephone yet.',
  counter: 'It cannot be changed online here. Go to a service counter with your ID card.',
  change: 'Change the telephone',
  news: {
    changed: 'Your telephone is changed. Codes and notices go to the new number from now on.',
    stopped:
      'The change is stopped; your telephone stays. If you did not ask for it, remove the passkeys you do not know under “Ways to sign in”.',
  },
  waiting: {
    title: 'Did you ask to change your telephone?',
    text: 'On {asked} somebody asked with a passkey to change the telephone to {phone}; it takes effect on {due}. If it was you, do nothing; if not, stop it now.',
    stop: 'Stop the change',
  },
  form: {
    title: 'Change the telephone',
    lead: 'Enter the new number first; we send it a code. The new telephone’s code alone changes nothing: you show once more that it is you.',
    phone: 'New mobile number',
    phoneHint: '11 digits, mainland China. It has to receive messages now.',
    withOld:
      'The old telephone ({phone}) still gets messages: the codes of both telephones change it at once.',
    withOldButton: 'Confirm by the old telephone',
    withPasskey:
      'The old telephone is gone: confirm by face, fingerprint or screen lock; it takes effect after {hours} hours. You are told meanwhile, and can stop it whenever you are signed in.',
    withPasskeyButton: 'The old one gets no messages',
    noPasskey:
      'The old telephone is gone: first add a passkey under “Ways to sign in”, or go to a service counter with your ID card.',
    cancel: 'Do not change, go back',
  },
  proof: {
    title: 'Confirm the change',
    lead: 'Both telephones were sent a code of 6 digits, valid for 5 minutes. Enter both.',
    passkeyLead:
      'The new telephone was sent a code of 6 digits, valid for 5 minutes. Enter it, press the button and confirm that it is you.',
    oldCode: 'Code sent to the old telephone {phone}',
    newCode: 'Code sent to the new telephone {phone}',
    button: 'Change',
    passkeyButton: 'It is me: ask for the change',
    failed:
      'You may have cancelled, it took too long, or this device has no passkey of yours. Press the button again, or use a device you signed in on before.',
    noScript:
      'JavaScript is off in your browser, so it cannot confirm by face or fingerprint. Go back and use the old telephone, or go to a service counter.',
    again: 'No message, or a wrong number: enter it again',
  },
};
