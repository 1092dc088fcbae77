export default {
  testEnvironment: 'node',
  testRunner: '<rootDir>/test/support/jest/runner.mjs',
  // The tests share their constructors with the context that jest tidies up after each file.
  testEnvironmentOptions: { globalsCleanup: 'off' },
  testSequencer: '<rootDir>/test/support/jest/sequencer.mjs',
  // Many start processes or a browser; only a hung test waits so long.
  testTimeout: 60_000,
  // A worker that holds much when a file is through starts anew.
  workerIdleMemoryLimit: '700MB',
  testMatch: ['<rootDir>/test/**/*.test.ts', '<rootDir>/test/**/*.test.tsx'],
  extensionsToTreatAsEsm: ['.ts', '.tsx'],
  modulePathIgnorePatterns: ['<rootDir>/dist/'],
  // Nothing of ours is loaded by jest: support/jest/typescript.mjs reads TypeScript.
  transform: {},
};
