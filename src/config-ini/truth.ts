/** What the connector takes for true in its own lists (constants.py, `TRUE_VALUES`). */
const trueValues: ReadonlySet<unknown> = new Set(['TRUE', 'True', 'true', true, '1', 1, 'YES', 'Yes', 'yes', 'Y', 'y']);

/** Whether a value of a mapping, or a setting that is compared with that list, is true. */
export function isTrue(value: unknown): boolean {
  return trueValues.has(value);
}

/** The truth of a setting that the connector reads with Python's own words for it; `undefined` where it has none. */
export function truthOf(value: string): boolean | undefined {
  const word = value.toLowerCase();
  if (['1', 'y', 'yes', 't', 'true', 'on'].includes(word)) return true;
  return ['0', 'n', 'no', 'f', 'false', 'off'].includes(word) ? false : undefined;
}
