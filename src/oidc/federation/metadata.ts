import { federationEntity, isAllowedType } from './constraints.ts';
import { invalid, listOf, mergePolicies } from './policy.ts';
import { applications, operators, type ParameterPolicy } from './policy-operators.ts';
import { chainInvalid, type EntityMetadata, type Statement } from './statement.ts';

/**
 * Resolves the metadata of a chain's subject: what it says of itself, over it what its immediate superior says, without
 * the types that are not allowed, and on that the merged policy ("Enforcement" of OpenID Federation 1.0). A subject that
 * has none of its types left is refused: a design of this project. Throws federation-metadata-invalid and
 * federation-chain-invalid.
 */
export function resolveMetadata([subject, ...superiors]: readonly Statement[]): EntityMetadata {
  const own = subject?.claims.metadata ?? {};
  const said = superiors[0]?.claims.metadata ?? {};
  const types = Object.keys(own);
  const allowed = types.filter((type) => isAllowedType(superiors, type));
  if (types.some((type) => !allowed.includes(type)) && allowed.every((type) => type === federationEntity))
    throw chainInvalid('entity-type', 0);
  const policy = mergePolicies(superiors.map(({ claims }) => claims.metadata_policy ?? {}).reverse());
  return Object.fromEntries(
    allowed.map((type) => [
      type,
      applyPolicy(type, policy[type] ?? {}, {
        ...own[type],
        ...(Object.hasOwn(said, type) ? said[type] : {}),
      }),
    ]),
  );
}

type Parameters = EntityMetadata[string];

const applyPolicy = (
  type: string,
  policy: Record<string, ParameterPolicy>,
  parameters: Parameters,
): Parameters => {
  const changed = Object.entries(policy).map(([name, parameterPolicy]) => {
    const present = Object.hasOwn(parameters, name) ? parameters[name] : undefined;
    const isScope = name === 'scope';
    const value = applyAll(`${type}.${name}`, parameterPolicy, isScope ? listOf(present) : present);
    return [name, isScope && Array.isArray(value) ? value.join(' ') : value] as const;
  });
  const all = { ...parameters, ...Object.fromEntries(changed) };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
};

const applyAll = (place: string, policy: ParameterPolicy, present: unknown): unknown => {
  let value = present;
  for (const operator of operators) {
    if (!Object.hasOwn(policy, operator)) continue;
    const applied = applications[operator]?.(policy[operator], value) ?? 'refused';
    if (applied === 'refused') throw invalid(place, operator);
    ({ value } = applied);
  }
  return value;
};
