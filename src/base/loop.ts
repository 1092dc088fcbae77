/** What runs again and again until it is stopped. */
export interface Loop {
  /** Lets the pass under way end; resolves when it has. */
  stop(): Promise<void>;
}

/** A loop that can be told of work. */
export interface WakeableLoop extends Loop {
  /** Has the next pass begin at once, or as soon as the one under way has ended. */
  wake(): void;
}

/** How many idle times a loop waits after a pass that failed: whatever it was will not be over at once. */
const failedPauses = 10;

/**
 * Runs passes: one after another while there is work, and after a pause while there is none. A pass resolves with how
 * much it did; one that throws is told to `failed` and not the last.
 */
export function startLoop(
  pass: () => Promise<number>,
  idleMilliseconds: number,
  failed: (error: unknown) => void,
): WakeableLoop {
  let stopped = false;
  let woken = false;
  let endPause = (): void => undefined;

  const pause = (milliseconds: number): Promise<void> =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      endPause = () => {
        clearTimeout(timer);
        resolve();
      };
    });

  const once = async (): Promise<number> => {
    try {
      return (await pass()) > 0 ? 0 : idleMilliseconds;
    } catch (error) {
      failed(error);
      return idleMilliseconds * failedPauses;
    }
  };

  const run = async (): Promise<void> => {
    while (!stopped) {
      woken = false;
      const milliseconds = await once();
      if (!stopped && !woken) await pause(milliseconds);
    }
  };

  const running = run();
  return {
    wake: () => {
      woken = true;
      endPause();
    },
    stop: async () => {
      stopped = true;
      endPause();
      await running;
    },
  };
}
