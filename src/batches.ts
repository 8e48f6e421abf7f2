import { setImmediate } from 'node:timers/promises';

const batchSize = 100;

/**
 * Does something with each element, some at a time. In between, answers that have arrived are looked at: a page of a
 * thousand people takes long enough to keep the next request of the other side waiting.
 */
export async function forEachInBatches<Element>(elements: readonly Element[], use: (element: Element) => void): Promise<void> {
  for (let start = 0; start < elements.length; start += batchSize) {
    if (start > 0) await setImmediate();
    for (const element of elements.slice(start, start + batchSize)) use(element);
  }
}
