import type { Problem } from '../errors.ts';
import { entriesOf, entryOf, type YamlNode } from './yaml-node.ts';

/** The name under which plans and reports list an assignment to a SaaS application, among the fields of a change. */
export const assignmentField = 'saas';

/** Checks that no field is called as the assignment is: nobody could tell them apart in a plan. */
export function saasProblems(root: YamlNode): Problem[] {
  if (entryOf(root, 'saas') === undefined) return [];
  return ['fields', 'defaults'].flatMap((key) => {
    const entry = new Map(entriesOf(entryOf(root, key)?.value)).get(assignmentField);
    return entry === undefined ? [] : [{ ...twoMeanings, position: entry.keyPosition }];
  });
}

export const twoMeanings: Pick<Problem, 'message' | 'hint'> = {
  message: 'Beside `saas`, a field cannot be called `saas`: in plans and reports that name stands for the assignment to the application.',
  hint: 'Remove the field or, outside of `fields` and `defaults`, `saas`.',
};
