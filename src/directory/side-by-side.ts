/**
 * What several sources give, as it comes, some of them at a time. The first failure ends it, and the others are given up.
 *
 * @param sources begun when it is their turn
 */
export async function* sideBySide<Value>(sources: readonly (() => AsyncGenerator<Value>)[], concurrency: number): AsyncGenerator<Value> {
  const waiting = [...sources];
  const running = new Map<AsyncGenerator<Value>, Promise<Step<Value>>>();
  const step = (source: AsyncGenerator<Value>): void => {
    const next = source.next().then((result) => ({ source, result }));
    // Once the first has failed nobody waits for the others.
    next.catch(() => undefined);
    running.set(source, next);
  };
  const begin = (): void => {
    const source = waiting.shift();
    if (source !== undefined) step(source());
  };
  for (let begun = 0; begun < concurrency; begun++) begin();
  while (running.size > 0) {
    const { source, result } = await Promise.race(running.values());
    if (result.done === true) {
      running.delete(source);
      begin();
    } else {
      step(source);
      yield result.value;
    }
  }
}

interface Step<Value> {
  readonly source: AsyncGenerator<Value>;
  readonly result: IteratorResult<Value, void>;
}

/** The same values, of which so many are asked for before the first is used. */
export async function* readAhead<Value>(source: AsyncGenerator<Value>, ahead: number): AsyncGenerator<Value> {
  const asked: Promise<IteratorResult<Value, void>>[] = [];
  for (;;) {
    while (asked.length < ahead) {
      const next = source.next();
      next.catch(() => undefined);
      asked.push(next);
    }
    const result = await asked.shift();
    if (result === undefined || result.done === true) return;
    yield result.value;
  }
}
