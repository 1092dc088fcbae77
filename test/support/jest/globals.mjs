/** What stands for `@jest/globals` where Node loads the tests: always the functions of the file that runs now. */
let current = {};

/** Sets the functions of the test file that is about to run. */
export const setGlobals = (globals) => {
  current = globals;
};

const late = (name) =>
  new Proxy(() => undefined, {
    apply: (_target, _this, words) => current[name](...words),
    get: (_target, key) => {
      const value = current[name][key];
      return name === 'jest' ? value.bind(current[name]) : value;
    },
  });

export const [afterAll, afterEach, beforeAll, beforeEach, describe, expect, jest, test] = [
  'afterAll',
  'afterEach',
  'beforeAll',
  'beforeEach',
  'describe',
  'expect',
  'jest',
  'test',
].map(late);
