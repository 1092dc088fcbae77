/** How surely a person is known, 1 (registered) to 4 (highest); a design of this project after GB/T 40651's scales. */
export type AssuranceLevel = 1 | 2 | 3 | 4;

const prefix = 'urn:yihao:loa:';

/** Names a level as an OpenID authentication context class. */
export const acrOf = (level: AssuranceLevel): string => `${prefix}${level}`;

/** Reads a level from its context class; null for any other text. */
export const levelOf = (acr: string): AssuranceLevel | null => {
  const level = Number(acr.startsWith(prefix) ? acr.slice(prefix.length) : Number.NaN);
  return level === 1 || level === 2 || level === 3 || level === 4 ? level : null;
};

/** The context classes offered, lowest first. */
export const supportedAcrs: readonly string[] = ([1, 2, 3, 4] as const).map(acrOf);
