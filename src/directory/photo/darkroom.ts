/** Where pictures are worked on: at most so many at once, the others wait their turn. */
export interface Darkroom {
  /** Runs the work when a place is free; passes on what it returns or throws. */
  run<T>(work: () => Promise<T>): Promise<T>;
}

/** A dozen phone photos decoded at once took 400 MB; two take a bounded share of any machine. */
const defaultPlaces = 2;

/** Makes a darkroom; who comes first is served first. */
export function createDarkroom(places = defaultPlaces): Darkroom {
  const waiting: (() => void)[] = [];
  let free = places;

  const enter = async (): Promise<void> => {
    if (free > 0) free -= 1;
    // The place is handed over by who leaves, so that nobody slips in between.
    else await new Promise<void>((resolve) => waiting.push(resolve));
  };
  const leave = (): void => {
    const next = waiting.shift();
    if (next === undefined) free += 1;
    else next();
  };

  return {
    async run(work) {
      await enter();
      try {
        return await work();
      } finally {
        leave();
      }
    },
  };
}
