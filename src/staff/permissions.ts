/** What officers do, by name; a page or a use case asks for one of these. */
export const acts = [
  'officers.read',
  'officers.propose',
  'officers.approve',
  'photos.review',
  'certificates.read',
  'certificates.issue',
  'types.read',
  'types.propose',
  'types.approve',
  'agreements.read',
  'agreements.draft',
  'agreements.sign',
  'agreements.suspend',
  'sites.read',
  'sites.propose',
  'sites.approve',
  'recovery.propose',
  'recovery.approve',
  'persons.check',
  'audit.search',
  'supervision.read',
  'abuse.read',
] as const;
export type Act = (typeof acts)[number];

/** The roles (岗位) an officer may hold, several of them, within what the duties below leave. */
export const roles = [
  'region-administrator',
  'security-administrator',
  'auditor',
  'certificate-officer',
  'recognition-drafter',
  'recognition-signer',
  'site-manager',
  'support',
] as const;
export type Role = (typeof roles)[number];

/** What each role may do. The table is our design; that who proposes is not who approves is its point. */
export const permissions: Readonly<Record<Role, readonly Act[]>> = {
  'region-administrator': [
    'officers.read',
    'officers.propose',
    'sites.read',
    'sites.approve',
    'types.read',
    'types.approve',
    'supervision.read',
  ],
  'security-administrator': ['officers.read', 'officers.approve', 'supervision.read'],
  auditor: ['audit.search', 'supervision.read', 'abuse.read'],
  'certificate-officer': [
    'photos.review',
    'certificates.read',
    'certificates.issue',
    'types.read',
    'types.propose',
    'recovery.propose',
    'recovery.approve',
    'persons.check',
  ],
  'recognition-drafter': ['agreements.read', 'agreements.draft'],
  'recognition-signer': ['agreements.read', 'agreements.sign', 'agreements.suspend'],
  'site-manager': ['sites.read', 'sites.propose'],
  support: ['sites.read', 'supervision.read', 'abuse.read', 'recovery.propose'],
};

/**
 * The three administrators (三员：系统、安全、审计), of whom nobody may be two. That they are to be kept apart is known
 * here from memory of the practice of graded protection; no standard was read for it.
 */
export const dutyOf: Readonly<Partial<Record<Role, 'system' | 'security' | 'audit'>>> = {
  'region-administrator': 'system',
  'security-administrator': 'security',
  auditor: 'audit',
};
