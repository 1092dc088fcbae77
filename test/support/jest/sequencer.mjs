// About the seconds each of the slowest files takes on two cores; the rest are ordered by their size.
const slowest = {
  'journey/barriers': 80,
  'commands/import': 50,
  'journey/demo': 49,
  'journey/certificates': 41,
  'journey/regions': 39,
  'oidc/process': 38,
  'recognition/killed': 37,
  'recognition/peer': 34,
  'audit/crash': 33,
  'journey/authenticators': 25,
  'contract/ephemeral-redis': 18,
  'journey/console': 17,
  'recognition/alike': 17,
  'commands/demo': 15,
};

const secondsOf = ({ path }) => slowest[/test\/(.*)\.test\.tsx?$/.exec(path)?.[1]] ?? 0;
const sizeOf = ({ path, context }) => context.hasteFS.getSize(path) ?? 0;

/** Runs the slowest files first, so that the workers end together; on a machine that has run none, too. */
export default class SlowestFirst {
  sort(tests) {
    return [...tests].sort((one, other) => secondsOf(other) - secondsOf(one) || sizeOf(other) - sizeOf(one));
  }

  allFailedTests(tests) {
    return tests;
  }

  cacheResults() {}
}
