import { getInput } from '@actions/core';
import type { InputReader } from './input-reader.ts';
import { shown } from './origin.ts';

/** What the watchdog looks after. */
export interface WatchInputs {
  /** File name of the workflow. */
  readonly workflow: string;
  /** How old its latest success may be. */
  readonly maxAgeHours: number;
}

/**
 * Inputs of the watchdog, which has nobody to tell without contacts.
 *
 * @param needed whether this run is one
 */
export function readWatch(reader: InputReader, needed: boolean): WatchInputs {
  const workflow = getInput('watch-workflow');
  if (workflow !== '' && !/^[^/\\\p{Cc}]+\.ya?ml$/u.test(workflow)) reader.fault(`\`watch-workflow\` is ${shown(workflow)}; it takes the name of a file in .github/workflows, such as oomnitza-user-sync.yml.`);
  if (needed) reader.complete(['watch-workflow', 'contacts', 'github-token'], true);
  return { workflow, maxAgeHours: readMaxAge(reader) };
}

function readMaxAge(reader: InputReader): number {
  const given = getInput('max-age') || '26h';
  const [, number = '', unit] = /^(\d{1,4})([hd])$/.exec(given) ?? [];
  const hours = Number(number) * (unit === 'd' ? 24 : 1);
  if (hours === 0) reader.fault(`\`max-age\` is ${shown(given)}; it takes hours or days, such as 26h or 3d.`);
  return hours;
}
