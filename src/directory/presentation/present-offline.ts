import type { OfflineCode } from '../credential/credentials.ts';
import { presentable } from './presentable.ts';
import type { NewPresentation, PresentationDeps } from './presentations.ts';
import { shownFields, shownHolder } from './shown.ts';

/**
 * Makes a code that a counter without a network checks by itself. What is shown stands in the code, the labels too, for
 * such a counter has no catalogue; there is no room for a photo. Throws presentation-not-holder,
 * presentation-of-no-use, presentation-field-unknown, offline-too-long and credential-list-busy.
 */
export async function presentOffline(
  { directory, credentials }: PresentationDeps,
  input: NewPresentation,
): Promise<OfflineCode> {
  const { certificate, type, holder } = await presentable(directory, input);
  const { identifier, issuerName, validUntil, fields } = certificate;
  const shown = shownFields(type, fields, input.fields);

  return credentials.signOfflineCode({
    identifier,
    actor: input.accountId,
    claims: {
      typeName: type.name.zh,
      issuerName,
      maskedName: shownHolder(holder),
      ...(validUntil === undefined ? {} : { validUntil }),
      fields: Object.fromEntries(shown.map(({ name, label, value }) => [name, [label.zh, value]])),
    },
  });
}
