/** How many meet a condition. A list of them, made to be measured, would be as long as a large plan. */
export function howMany<Element>(elements: readonly Element[], isMeant: (element: Element) => boolean): number {
  let count = 0;
  for (const element of elements) if (isMeant(element)) count += 1;
  return count;
}
