import { abuseEn } from './abuse-en.ts';
import { apiEn } from './api-en.ts';
import { authenticatorsEn } from './authenticators-en.ts';
import { certificateUsesEn } from './certificate-uses-en.ts';
import { clerkRequestsEn } from './clerk-requests-en.ts';
import { consoleEn } from './console-en.ts';
import { counterCheckEn } from './counter-check-en.ts';
import { counterMandatesEn } from './counter-mandates-en.ts';
import { deviceEn } from './device-en.ts';
import { doctorEn } from './doctor-en.ts';
import { frameworksEn } from './frameworks-en.ts';
import { largeTypeEn } from './large-type-en.ts';
import { mandatesEn } from './mandates-en.ts';
import { mappingsEn } from './mappings-en.ts';
import { miniProgramEn } from './mini-program-en.ts';
import { myEn } from './my-en.ts';
import { netIdEn } from './net-id-en.ts';
import { officerChangesEn } from './officer-changes-en.ts';
import { officersCertificatesEn } from './officers-certificates-en.ts';
import { onboardingEn } from './onboarding-en.ts';
import { otherRegionEn } from './other-region-en.ts';
import { phoneChangeEn } from './phone-change-en.ts';
import { placesEn } from './places-en.ts';
import { portalEn } from './portal-en.ts';
import { proposalHistoryEn } from './proposal-history-en.ts';
import { qrEn } from './qr-en.ts';
import { recognitionEn } from './recognition-en.ts';
import { recoveryEn } from './recovery-en.ts';
import { regionLinksEn } from './region-links-en.ts';
import { regionObjectionsEn } from './region-objections-en.ts';
import { registrationEn } from './registration-en.ts';
import { simulatorEn } from './simulator-en.ts';
import { siteHealthEn } from './site-health-en.ts';
import { siteMembersEn } from './site-members-en.ts';
import { siteProfilesEn } from './site-profiles-en.ts';
import { supervisionEn } from './supervision-en.ts';
import { verifyFileEn } from './verify-file-en.ts';
import { walletEn } from './wallet-en.ts';
import type { Text } from './zh.ts';

/** Every word of the pages in English. */
export const en = {
  htmlLanguage: 'en',
  product: 'Yihao',
  layout: {
    skip: 'Skip to content',
    preferences: 'Language and type size',
    otherLanguage: '中文',
    largeType: 'Large type',
    normalType: 'Standard type',
    signingIn: 'You are signing in to: ',
    back: 'Back to {site}',
    thatSite: 'the site',
    helpLine: 'Help line: ',
    advice: 'Never tell anyone your password or a code. Our staff will not ask for them.',
    errorPrefix: 'Error: ',
    errorSummary: 'Please correct the following',
  },
  signIn: {
    title: 'Sign in',
    lead: 'Press the button and follow your phone or computer to confirm that it is you.',
    button: 'Sign in with face, fingerprint or screen lock',
    privacy:
      'Your face and fingerprint are checked on your device only. Neither we nor the site receive them.',
    usePassword: 'Sign in with your password',
    noScript:
      'JavaScript is off in your browser, so face or fingerprint sign-in cannot work. Use your password.',
    failedTitle: 'You were not signed in this time',
    failedText:
      'You may have cancelled, the time may have run out, or this device has no passkey of yours. You can:',
    failedRetry: 'press the button and try again;',
    failedOther: 'sign in with your password;',
    failedCounter: 'if neither works, go to a service counter with your ID card, or call {helpLine}.',
  },
  password: {
    title: 'Sign in with your password',
    number: 'ID number',
    numberHint:
      'For a resident identity card, enter the 18 characters; the last may be X. For other documents, as printed.',
    password: 'Password',
    button: 'Sign in',
    usePasskey: 'Sign in with face, fingerprint or screen lock',
    forgotten:
      'Forgotten it? Go to a service counter with your ID card to set a new one, or call {helpLine}.',
  },
  paused: {
    title: 'You cannot sign in with a password right now',
    counter: 'Was it not you? Call {helpLine}.',
    otherNumber: 'Use another ID number',
  },
  offer: {
    title: 'Sign in with face or fingerprint next time?',
    what: 'Once added, your face, fingerprint or screen lock on this device signs you in, with no password to type.',
    privacy: 'Face and fingerprint stay in your device and never reach us.',
    device: 'Name of this device',
    deviceHint: 'So that you know it again later. You can leave it as it is.',
    devicePreset: 'My device',
    shared: 'Do others use this device too? Choose “Not now”.',
    add: 'Add',
    later: 'Not now',
    noScript: 'JavaScript is off in your browser, so nothing can be added now. Choose “Not now”.',
    failedTitle: 'It was not added this time',
    failedText:
      'You may have cancelled, the time may have run out, or this device cannot do it. Press “Add” again, or choose “Not now”; this sign-in is not affected.',
    duplicateTitle: 'This device is already added',
    duplicateText: 'There is nothing more to add. Choose “Not now” to continue.',
  },
  consent: {
    title: 'Use this information at {site}',
    you: 'You are: {name}',
    switch: 'Not you? Sign in as someone else',
    department: 'Run by',
    purpose: 'Purpose',
    items: 'Information to be given',
    value: 'Yours: ',
    ending: 'You may refuse: nothing is given and you go back to the site.',
    agree: 'Agree and continue',
    refuse: 'Do not agree',
  },
  certificateUses: certificateUsesEn,
  mandates: mandatesEn,
  largeType: largeTypeEn,
  wallet: walletEn,
  otherRegion: otherRegionEn,
  phoneChange: phoneChangeEn,
  regionLinks: regionLinksEn,
  miniProgram: miniProgramEn,
  signOut: {
    title: 'Sign out?',
    text: 'After that, every government site in this browser will ask you to confirm again that it is you.',
    shared: 'On a shared computer, always sign out.',
    yes: 'Sign out',
    no: 'Stay signed in',
    doneTitle: 'You are signed out',
    doneText: 'You can safely close this page.',
  },
  error: {
    titleMissing: 'Page not found',
    titleExpired: 'This page is no longer valid',
    titleWait: 'Please try again later',
    titleBroken: 'Something went wrong on our side',
    titleOther: 'We cannot go on',
    help: 'If you need help, call {helpLine} and read out the trace code.',
    trace: 'Trace code',
    code: 'Error code',
    restart: 'Go to {site} and start again',
    home: 'Go to the front page',
  },
  home: {
    title: 'One number for every government site',
    lead: 'Sign in to the government sites of {region} with your ID number: one account for all.',
    start:
      'To get something done, choose “Sign in” on the site you need; it brings you here to confirm who you are.',
    links: 'Useful pages',
    my: 'My Yihao',
  },
  places: placesEn,
  proposalHistory: proposalHistoryEn,
  portal: portalEn,
  my: myEn,
  registration: registrationEn,
  authenticators: authenticatorsEn,
  recovery: recoveryEn,
  counterCheck: counterCheckEn,
  counterMandates: counterMandatesEn,
  console: consoleEn,
  officersCertificates: officersCertificatesEn,
  recognition: recognitionEn,
  regionObjections: regionObjectionsEn,
  frameworks: frameworksEn,
  mappings: mappingsEn,
  siteProfiles: siteProfilesEn,
  siteHealth: siteHealthEn,
  siteMembers: siteMembersEn,
  supervision: supervisionEn,
  verify: {
    title: 'Check a certificate',
    lead: 'Enter the certificate identifier printed on it to see whether it is genuine and in force.',
    identifier: 'Certificate identifier',
    identifierHint: 'It starts with 1.2.156.3005.2; copy it whole.',
    ask: 'Check',
    scope: 'This page says only whether it is genuine and in force. It shows nothing about anybody.',
    genuine: 'Genuine and in force',
    genuineText: 'It was issued by the authority and is in force now.',
    ended: 'No longer in force',
    endedText: 'It was issued by the authority but ended on {date}, and cannot be used.',
    notInForce: 'Not usable now',
    notInForceText: 'It was issued by the authority but is suspended, not yet in effect, or expired.',
    notGenuine: 'Check failed',
    notGenuineText: 'It is not as it was issued. Do not rely on it.',
    unknown: 'No such certificate',
    unknownText:
      'No certificate of this identifier was issued in this region. Check it, or ask the authority.',
    scannedTitle: 'Result of the scan',
    scannedOnce:
      'This code could be scanned once and is void now. A counter scans with its own system to see what the holder shows.',
    askByIdentifier: 'Check by identifier',
  },
  verifyFile: verifyFileEn,
  clerkRequests: clerkRequestsEn,
  device: deviceEn,
  officerChanges: officerChangesEn,
  onboarding: onboardingEn,
  doctor: doctorEn,
  simulator: simulatorEn,
  qr: qrEn,
  netId: netIdEn,
  abuse: abuseEn,
  api: apiEn,
  claims: {
    openid: {
      label: 'An identifier for this site only',
      detail: 'The site knows you by a code that no other site sees.',
    },
    name: { label: 'Name', detail: 'To confirm who is applying and to fill in forms.' },
    birthdate: { label: 'Date of birth', detail: 'To check conditions of age.' },
    gender: { label: 'Sex', detail: 'To fill in forms.' },
    phone_number: { label: 'Mobile number', detail: 'To tell you how your matter is going.' },
    sign_in_methods: {
      label: 'Changes to how you sign in',
      detail:
        'The site is told when a way to sign in is added or taken away, the password or telephone changes, or your level rises, and nothing more, so that it can protect your session there.',
    },
    id_number: {
      label: 'ID number',
      detail: 'For matters where the law requires the document to be checked.',
    },
    organisation: {
      label: 'The organisation you act for',
      detail: 'Only when you act for one: its name, its unified social credit code, and your role there.',
    },
    assurance_level: {
      label: 'Level of identity check',
      detail: 'How far your identity has been verified. It holds no personal data.',
    },
    verified_claims: {
      label: 'How this was checked',
      detail: 'To which level, in which way and when the above was checked; nothing that was shown for it.',
    },
    own_data: { label: 'All of your own data', detail: 'Downloaded by yourself.' },
    offline_access: {
      label: 'Use after you have left',
      detail: 'The site can renew the information above while you are away.',
    },
    other: {
      label: 'Other information ({claim})',
      detail: 'Asked for by the site for what you applied for.',
    },
  },
} satisfies Text;
