// Prints "passed failed" of a jest JSON report: node count-results.mjs <report> <exit status of jest>.
import { readFileSync } from 'node:fs';

const [path = '', status = '1'] = process.argv.slice(2);

const read = () => {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return { numPassedTests: 0, numFailedTests: 0, numRuntimeErrorTestSuites: 0 };
  }
};

const report = read();
// A test file that does not even load has no tests in the report: the file counts as one failure.
const counted = report.numFailedTests + report.numRuntimeErrorTestSuites;
const failed = counted === 0 && status !== '0' ? 1 : counted;
console.log(`${report.numPassedTests} ${failed}`);
