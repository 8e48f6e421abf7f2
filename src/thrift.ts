import { setFlagsFromString } from 'node:v8';

/** A run on 100,000 people of whom few differ stays below it. */
const plentyBytes = 300 * 2 ** 20;
let isThrifty = false;

/**
 * Sees to it that a run which has become large grows slowly from here on: V8 lets what lasts double or more before it looks through
 * it for garbage, so that a plan of 200,000 changes would keep as much garbage as it is large. Looking more often costs
 * half as much processor time again, which all other runs are spared.
 */
export function beThriftyWhenLarge(): void {
  if (isThrifty || process.memoryUsage.rss() < plentyBytes) return;
  isThrifty = true;
  setFlagsFromString('--heap-growing-percent=10');
}
