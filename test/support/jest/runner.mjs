import { findSourceMap, register } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import circus from 'jest-circus/runner';
import { setGlobals } from './globals.mjs';

register('./typescript.mjs', import.meta.url);
process.setSourceMapsEnabled(true);

// jest's own code runs in a context of its own; `expect.any(String)` there has to mean the tests' String.
const shared = { Array, BigInt, Boolean, Error, Function, Number, Object, String, Symbol };
let runs = 0;

/** Writes a frame of a trace, with its place in the TypeScript if it is of ours. */
const atSource = (frame) => {
  const url = frame.getFileName() ?? '';
  const map = /^file:.*\.tsx?(\?|$)/.test(url) ? findSourceMap(url) : undefined;
  const entry = map?.findEntry(frame.getLineNumber() - 1, frame.getColumnNumber() - 1);
  if (entry?.originalLine === undefined) return String(frame);
  const place = `${fileURLToPath(url)}:${entry.originalLine + 1}:${entry.originalColumn + 1}`;
  return String(frame).replace(/[^( ]+:\d+:\d+/, place);
};

/** Stands in for jest's own formatter, which knows only what jest has loaded. */
const formatTrace = (error, frames) =>
  [error, ...frames.map((frame) => `    at ${atSource(frame)}`)].join('\n');

/**
 * Runs a test file by jest-circus, but lets Node load the file and all it imports, each module once a worker: jest
 * loads every package anew for every file, which cost more than the tests. So state of a module is shared by the files
 * of a worker, and `jest --watch`, which keeps its worker, does not see a source that changed.
 */
export default function run(globalConfig, config, environment, runtime, testPath, sendMessageToJest) {
  Object.assign(environment.global, shared);
  Error.prepareStackTrace = formatTrace;
  const loadedByNode = Object.create(runtime, {
    unstable_importModule: {
      value: async (path) => {
        setGlobals({ ...environment.global, jest: environment.moduleMocker });
        runs += 1;
        await import(`${pathToFileURL(path)}?run=${runs}`);
      },
    },
  });
  return circus.default(globalConfig, config, environment, loadedByNode, testPath, sendMessageToJest);
}
