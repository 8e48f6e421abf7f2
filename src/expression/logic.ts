import type { Frame } from './frame.ts';
import { sizeOfParts, type Compiled, type Scope } from './scope.ts';
import type { ChoiceNode, LogicNode, Node, UnaryNode } from './syntax.ts';
import { boolean, comparable, joined, typeInWords } from './types.ts';
import { Failure, isTrouble, stumble, valueInWords, type Outcome, type Trouble } from './value.ts';
import { shown } from './wording.ts';

/**
 * `a && b` and `a || b`. One false makes an `&&` false and one true an `||` true, whatever the others are: a stumble
 * counts only where it decides.
 */
export function compileLogic({ operator, operands, start }: LogicNode, scope: Scope): Compiled {
  const parts = operands.map(({ node }) => condition(node, shown(operator), scope));
  const decisive = operator === '||';
  const run = (frame: Frame): Outcome => {
    let trouble: Trouble | undefined;
    for (const part of parts) {
      const value = part.run(frame);
      if (value === decisive) return decisive;
      if (value !== !decisive) trouble ??= notTruth(value, operator);
    }
    return trouble ?? !decisive;
  };
  return scope.folded({ type: boolean, run, start, size: sizeOfParts(parts) }, parts, start);
}

/** `!a` */
export function compileNot({ operand: node, start }: UnaryNode, scope: Scope): Compiled {
  const operand = condition(node, '`!`', scope);
  const run = (frame: Frame): Outcome => {
    const value = operand.run(frame);
    return typeof value === 'boolean' ? !value : notTruth(value, '!');
  };
  return scope.folded({ type: boolean, run, start, size: operand.size + 1 }, [operand], start);
}

/** `condition ? then : otherwise`; only the outcome that was chosen is evaluated. */
export function compileChoice({ condition: node, then: thenNode, otherwise: otherwiseNode, start }: ChoiceNode, scope: Scope): Compiled {
  const chooser = condition(node, '`?`', scope);
  const then = scope.compile(thenNode);
  const otherwise = scope.compile(otherwiseNode);
  if (!comparable(then.type, otherwise.type)) {
    const message = `The two outcomes of a choice are of one type, not ${typeInWords(then.type)} and ${typeInWords(otherwise.type)}.`;
    scope.refuse(otherwise.start, message, 'Make both the same, such as with `string(…)`.');
  }
  const run = (frame: Frame): Outcome => {
    const value = chooser.run(frame);
    if (value === true) return then.run(frame);
    return value === false ? otherwise.run(frame) : notTruth(value, '?');
  };
  const parts = [chooser, then, otherwise];
  return scope.folded({ type: joined(then.type, otherwise.type), run, start, size: sizeOfParts(parts) }, parts, start);
}

/** Compiles what must be true or false. */
export function condition(node: Node, taker: string, scope: Scope): Compiled {
  const part = scope.compile(node);
  if (part.type.kind === 'boolean' || part.type.kind === 'any') return part;
  const hint = part.type.kind === 'text' ? 'Compare it, such as with `!= ""`.' : 'Compare it with `==`, `!=` or the like.';
  return scope.refuse(part.start, `${taker} takes true or false, not ${typeInWords(part.type)}.`, hint);
}

/** What a value that is neither true nor false does to an operation that needs one of these. */
export function notTruth(value: Outcome, taker: string): Trouble {
  if (isTrouble(value)) return value;
  return value === null ? stumble : new Failure(`\`${taker}\` met ${valueInWords(value)} instead of true or false`);
}
