import {
  choice,
  day,
  onCard,
  optional,
  seedAuthorities,
  seedCode,
  seedType,
  sensitive,
  sexes,
  text,
  whole,
} from './catalogue-seed-fields.ts';
import type { CertificateType } from './certificate-type.ts';

const { organA } = seedAuthorities;

const drivingLicence = seedType({
  code: seedCode('003'),
  name: { zh: '机动车驾驶证', en: 'Driving licence' },
  issuers: [organA],
  issuingLevel: 'prefecture',
  // Six years, ten years or for good by the holder's record; the authority gives the day.
  validity: { kind: 'given' },
  photoProfile: 'id-card',
  look: { colour: 'slate', icon: 'car' },
  relatedItems: [{ code: 'SYN-0006', name: '机动车驾驶证期满换证' }],
  fields: [
    choice('sex', ['性别', 'Sex'], sexes),
    text('nationality', ['国籍', 'Nationality'], 40),
    text('address', ['住址', 'Address'], 120, sensitive),
    day('birthDate', ['出生日期', 'Date of birth'], sensitive),
    day('firstIssuedOn', ['初次领证日期', 'Date of first issue']),
    text('vehicleClass', ['准驾车型', 'Class of vehicle'], 20, onCard),
    text('fileNumber', ['档案编号', 'File number'], 20, { ...sensitive, ...optional }),
    text('remarks', ['记录', 'Record'], 200, optional),
  ],
});

const vehicleLicence = seedType({
  code: seedCode('004'),
  name: { zh: '机动车行驶证', en: 'Vehicle licence' },
  issuers: [organA],
  issuingLevel: 'prefecture',
  validity: { kind: 'for-good' },
  look: { colour: 'slate', icon: 'car' },
  relatedItems: [{ code: 'SYN-0007', name: '机动车转让登记' }],
  fields: [
    text('plateNumber', ['号牌号码', 'Plate number'], 12, { ...sensitive, ...onCard }),
    text('vehicleType', ['车辆类型', 'Type of vehicle'], 40, onCard),
    text('address', ['住址', 'Address'], 120, sensitive),
    text('useOfVehicle', ['使用性质', 'Use'], 20),
    text('brandAndModel', ['品牌型号', 'Brand and model'], 60, onCard),
    text('vehicleIdentificationNumber', ['车辆识别代号', 'Vehicle identification number'], 17, sensitive),
    text('engineNumber', ['发动机号码', 'Engine number'], 30, { ...sensitive, ...optional }),
    day('registeredOn', ['注册日期', 'Date of registration']),
    whole('seats', ['核定载人数', 'Approved number of seats'], [1, 200], optional),
    whole('grossMassKilograms', ['总质量（千克）', 'Gross mass in kilograms'], [1, 200_000], optional),
    day('inspectedUntil', ['检验有效期止', 'Inspection valid until'], optional),
  ],
});

export const vehicleTypes: readonly CertificateType[] = [drivingLicence, vehicleLicence];
