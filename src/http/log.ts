import { pino } from 'pino';

/** Writes structured lines. What is logged is chosen field by field; whole requests and bodies never are. */
export interface Log {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

/** Long digit runs may be ID or phone numbers: an error message of a library could carry what a person typed. */
const maskDigits = (text: string): string => text.replace(/\d{10,}[\dXx]?/g, '[number]');

const describeError = (error: unknown): object | undefined => {
  if (!(error instanceof Error)) return error === undefined ? undefined : { message: 'not an error' };
  const stack = error.stack ?? '';
  return {
    type: error.name,
    message: maskDigits(error.message),
    stack: maskDigits(stack),
    ...(error.cause instanceof Error ? { cause: describeError(error.cause) } : {}),
  };
};

/** Makes the log of this process, on standard error so that a command's own output stays clean. */
export function createLog(level: string): Log {
  return pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      serializers: { err: describeError },
    },
    pino.destination({ dest: 2, sync: false }),
  );
}
