import { logLine } from './log.ts';

const everyMs = 5_000;

/** Tells how far a step has come: how many are done and, where it is known, of how many. */
export type Progress = (done: number, total: number | undefined) => void;

/**
 * Logs a line now and then while a step runs.
 *
 * @param what begins the line, such as "Reading Oomnitza"
 * @param unit what is counted, in the plural
 * @param now a clock in milliseconds
 */
export function createProgress(what: string, unit: string, now: () => number = () => performance.now()): Progress {
  const start = now();
  let last = start;
  return (done, total) => {
    const time = now();
    if (time - last < everyMs) return;
    last = time;
    logLine(`${what}: ${progressText(done, total, unit, (time - start) / 1000)}`);
  };
}

function progressText(done: number, total: number | undefined, unit: string, seconds: number): string {
  const rate = done / seconds;
  const pace = `${grouped(Math.round(rate))} a second`;
  if (total === undefined || total < done) return `${grouped(done)} ${unit}, ${pace}`;
  const left = rate > 0 ? `, ${grouped(Math.ceil((total - done) / rate))} s left` : '';
  return `${grouped(done)} of ${grouped(total)} ${unit}, ${pace}${left}`;
}

function grouped(number: number): string {
  return number.toLocaleString('en-US');
}
