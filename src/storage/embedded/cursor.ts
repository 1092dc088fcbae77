/** Hands out documents as the standard driver's cursors do, as far as mongoose uses them. */
export class Cursor<T> {
  private reading: Iterator<T> | null = null;
  private ahead: T | null = null;

  /** `open` is called when reading begins: `whole` when all will be taken at once. */
  constructor(private readonly open: (whole: boolean) => Iterable<T>) {}

  async next(): Promise<T | null> {
    const kept = this.ahead;
    this.ahead = null;
    return kept ?? this.read();
  }

  async hasNext(): Promise<boolean> {
    this.ahead ??= this.read();
    return this.ahead !== null;
  }

  async toArray(): Promise<T[]> {
    if (!this.reading) return [...this.open(true)];
    const rest: T[] = [];
    for (let one = await this.next(); one !== null; one = await this.next()) rest.push(one);
    return rest;
  }

  async close(): Promise<void> {
    this.reading?.return?.();
    this.reading = [][Symbol.iterator]();
    this.ahead = null;
  }

  rewind(): void {
    this.reading?.return?.();
    this.reading = null;
    this.ahead = null;
  }

  /** Flags tune a network's cursors only. */
  addCursorFlag(): this {
    return this;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<T> {
    for (let one = await this.next(); one !== null; one = await this.next()) yield one;
  }

  private read(): T | null {
    this.reading ??= this.open(false)[Symbol.iterator]();
    const { done, value } = this.reading.next();
    return done ? null : value;
  }
}
