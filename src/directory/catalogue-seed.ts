import { birthTypes } from './catalogue-seed-birth.ts';
import { identityTypes } from './catalogue-seed-identity.ts';
import { propertyTypes } from './catalogue-seed-property.ts';
import { vehicleTypes } from './catalogue-seed-vehicle.ts';
import { welfareTypes } from './catalogue-seed-welfare.ts';
import type { CertificateType } from './certificate-type.ts';

/**
 * The types an instance begins with. Their codes are synthetic, defined by an authority that exists nowhere: the real
 * ones were found for the resident ID card and the real-estate certificate only and stand in `officialCode`, as systems
 * that work with them carry them; a province fills in the rest. The fields are what the paper certificates show, written
 * from memory: no standard of face fields was read, and a ministry's own list comes as a new version.
 */
export const catalogueSeed: readonly CertificateType[] = [
  ...identityTypes,
  ...birthTypes,
  ...vehicleTypes,
  ...propertyTypes,
  ...welfareTypes,
];
