import { newId } from '../base/id.ts';

const form = /^test_[\w-]{22}$/;

/** Names a test person's account so that it is known for one wherever its identifier goes. */
export const newTestPersonId = (): string => `test_${newId()}`;

/** Tells whether an account is a test person's (测试人员): nobody's, made for sites' sandboxes, and of no use elsewhere. */
export const isTestPerson = (accountId: string): boolean => form.test(accountId);
