import type { VNode } from 'preact';
import { DeviceAnsweredPage, DeviceConfirmPage, DeviceEnterPage } from '../../views/interaction/device.tsx';
import type { PageContext } from '../../views/layout.tsx';

/** The pages of signing in at a kiosk by one's own phone. */
export const devicePages = (context: PageContext): Record<string, VNode> => {
  const form = { context, action: '/device', xsrf: 'xsrf-1', code: 'BCDF-GHJK' };
  const site = { place: '一楼 2 号自助终端', department: '示例省政务服务局', purpose: '确认办事人身份' };
  return {
    deviceEnter: DeviceEnterPage({ ...form, fault: null, waitMinutes: 0 }),
    deviceWrong: DeviceEnterPage({ ...form, fault: 'unknown', waitMinutes: 0 }),
    deviceLimit: DeviceEnterPage({ ...form, fault: 'limit', waitMinutes: 10 }),
    deviceConfirm: DeviceConfirmPage({ ...form, ...site }),
    deviceDone: DeviceAnsweredPage({ context, answer: 'done' }),
    deviceRefused: DeviceAnsweredPage({ context, answer: 'refused' }),
  };
};
