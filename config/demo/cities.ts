import { demoHome } from './people.ts';

/** A name in both languages. */
export interface DemoName {
  zh: string;
  en: string;
}

/** A city of the demo: its departments, and the places at which it serves people. All are invented. */
export interface DemoCity {
  code: string;
  name: DemoName;
  property: DemoName;
  social: DemoName;
  services: DemoName;
  police: DemoName;
  hall: DemoName;
  counter: DemoName;
  terminal: DemoName;
  village: DemoName;
}

const cityOf = (code: string, zh: string, en: string): DemoCity => ({
  code,
  name: { zh, en },
  property: { zh: `${zh}自然资源和规划局`, en: `Bureau of Natural Resources and Planning, ${en}` },
  social: { zh: `${zh}人力资源和社会保障局`, en: `Bureau of Human Resources and Social Security, ${en}` },
  services: { zh: `${zh}政务服务局`, en: `Government Services Office, ${en}` },
  police: { zh: `${zh}公安局`, en: `Public Security Bureau, ${en}` },
  hall: { zh: `${zh}政务服务大厅`, en: `Service hall of ${en}` },
  counter: { zh: `${zh}政务服务大厅 3 号窗口`, en: `Service hall of ${en}, counter 3` },
  terminal: {
    zh: `${zh}政务服务大厅一楼 2 号自助终端`,
    en: `Service hall of ${en}, ground floor, terminal 2`,
  },
  village: { zh: `${zh}示例村便民服务站`, en: `Service station of Example Village, ${en}` },
});

/** The city that the people of the other come to. */
export const cityA = cityOf('990100', '示例市甲', 'Example City A');

/** The city where the people are at home. */
export const cityB = cityOf(demoHome.code, demoHome.name, 'Example City B');
