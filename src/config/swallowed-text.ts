import type { Problem } from '../errors.ts';
import { commentsIn } from '../expression/index.ts';
import { elementsOf, entriesOf, entryOf, type YamlNode } from './yaml-node.ts';

/**
 * Comments in expressions that go on over lines: a text that YAML folds into one line leaves a comment no end, so that it
 * takes conditions below it with it.
 */
export function swallowedText(root: YamlNode): Problem[] {
  const scope = entryOf(root, 'scope')?.value;
  const rules = entriesOf(entryOf(root, 'fields')?.value).map(([, { value }]) => entryOf(value, 'expression')?.value);
  return [...(scope?.kind === 'list' ? elementsOf(scope) : [scope]), ...rules].flatMap(problemsIn);
}

function problemsIn(node: YamlNode | undefined): Problem[] {
  if (node?.kind !== 'scalar' || typeof node.value !== 'string' || node.positionOf === undefined) return [];
  const { value, positionOf } = node;
  return commentsIn(value).flatMap(({ start, last }) => {
    const position = positionOf(start);
    if (positionOf(last).line === position.line) return [];
    const message = 'This comment takes the lines below it with it, since YAML makes one line of them.';
    return [{ message, hint: 'Write the expression below a `|`, which keeps lines, or remove the comment.', position }];
  });
}
