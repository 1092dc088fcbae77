import { type Constraints, chainInvalid, type Statement } from './statement.ts';

/**
 * Checks what each superior of a chain demands of its length and of the names below it ("Constraints" of OpenID Federation
 * 1.0); each statement's constraints are applied by themselves. Throws federation-chain-invalid.
 */
export function checkConstraints(statements: readonly Statement[]): void {
  statements.forEach(({ claims: { constraints } }, position) => {
    if (constraints === undefined) return;
    const { max_path_length: mostIntermediates, naming_constraints: naming } = constraints;
    // The statement at 1 is the immediate superior's: nobody stands between.
    if (mostIntermediates !== undefined && position - 1 > mostIntermediates)
      throw chainInvalid('path-length', position);
    const below = statements.slice(1, position + 1).map(({ claims }) => new URL(claims.sub).hostname);
    if (naming !== undefined && below.some((host) => !isPermitted(host, naming)))
      throw chainInvalid('naming', position);
  });
}

type Naming = NonNullable<Constraints['naming_constraints']>;

const isPermitted = (host: string, { permitted, excluded = [] }: Naming): boolean =>
  !excluded.some((name) => isWithin(host, name)) &&
  (permitted === undefined || permitted.some((name) => isWithin(host, name)));

/** A name that begins with a period is a domain, of which itself is no part; any other is a host (RFC 5280, 4.2.1.10, as that section retells it). */
const isWithin = (host: string, name: string): boolean => {
  const constraint = name.toLowerCase();
  return constraint.startsWith('.') ? host.endsWith(constraint) : host === constraint;
};

/** What every entity is and no constraint takes away. */
export const federationEntity = 'federation_entity';

/** Tells which entity types all superiors of a chain allow, beside what every entity is. */
export function isAllowedType(statements: readonly Statement[], type: string): boolean {
  return (
    type === federationEntity ||
    statements.every(({ claims }) => claims.constraints?.allowed_entity_types?.includes(type) ?? true)
  );
}
