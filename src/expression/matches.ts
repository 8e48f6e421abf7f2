import type { Frame } from './frame.ts';
import { maxPatternSizeTogether } from './limits.ts';
import { compilePattern } from './pattern.ts';
import type { Compiled, Scope } from './scope.ts';
import type { CallNode } from './syntax.ts';
import { boolean, typeInWords } from './types.ts';
import { Failure, isTrouble, stumble, valueInWords, type Outcome } from './value.ts';

/** Units of work that one instruction takes for one character at worst; measured. */
const instructionWork = 3;

/** `text.matches(pattern)` or `matches(text, pattern)`: whether the pattern is found anywhere in the text. */
export function compileMatches({ target, parameters, at, start }: CallNode, scope: Scope): Compiled {
  const [textNode, patternNode, ...others] = [...(target === undefined ? [] : [target]), ...parameters];
  if (textNode === undefined || patternNode === undefined || others.length > 0) {
    return scope.refuse(at, '`matches` takes one pattern.', 'Write such as `user.mail.matches("^[a-z.]+@example[.]com$")`.');
  }
  const text = scope.compile(textNode);
  const { constant: pattern, type, start: patternStart } = scope.compile(patternNode);
  if (text.type.kind !== 'text' && text.type.kind !== 'any') {
    return scope.refuse(target === undefined ? text.start : at, `\`matches\` takes a text, not ${typeInWords(text.type)}.`, 'Write such as `user.mail.matches("pattern")`.');
  }
  if (typeof pattern !== 'string') {
    const message = type.kind === 'text' || type.kind === 'any' ? 'A pattern stands in the expression itself.' : `A pattern is a text, not ${typeInWords(type)}.`;
    return scope.refuse(patternStart, message, 'Write it in quotes. To look for another value, use `.contains(…)`.');
  }
  const compiled = compilePattern(pattern);
  if ('message' in compiled) return scope.refuse(patternStart, compiled.message, compiled.hint);
  const { size } = compiled;
  scope.findings.patternSize += size;
  if (scope.findings.patternSize > maxPatternSizeTogether) {
    return scope.refuse(patternStart, 'The patterns of this expression are too large together.', 'Use fewer repetitions such as `{100}`.');
  }
  const run = (frame: Frame): Outcome => {
    const value = text.run(frame);
    if (typeof value === 'string') return frame.spend(value.length * size * instructionWork) ?? compiled.isIn(value);
    if (isTrouble(value)) return value;
    return value === null ? stumble : new Failure(`\`matches\` met ${valueInWords(value)} instead of a text`);
  };
  return scope.folded({ type: boolean, run, start, size: text.size + 1 }, [text], at);
}
