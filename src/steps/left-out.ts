import type { UsableRules } from '../config/index.ts';

/** Sentences on what this instance cannot take of that which the user did not write, one for each reason. */
export function leftOutSentences({ leftOut }: UsableRules): readonly string[] {
  const groups = Map.groupBy(leftOut, ({ of, why }) => `Left out of ${of}, because ${why}`);
  return [...groups].map(([beginning, found]) => `${beginning}: ${found.map(({ field }) => field).join(', ')}.`);
}
