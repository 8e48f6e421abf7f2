import { describe, expect, test } from '@jest/globals';
import { compileExpression, maxExpressionLength, type Evaluation } from '../../src/expression/index.ts';
import { faultsOf, valueOf } from './support.ts';

const longText = 'a'.repeat(100_000);
const hugeText = `${'ab'.repeat(1_000_000)}!`;

/** More than any directory returns. */
const hugeUser = {
  mail: longText,
  jobTitle: 'a'.repeat(5_000),
  displayName: `${'a'.repeat(2_000)}b`,
  city: hugeText,
  department: 'a',
  proxyAddresses: Array.from({ length: 5_000 }, (_, index) => `${'a'.repeat(200)}${index}`),
  otherMails: Array.from({ length: 5_000 }, (_, index) => String(index)),
  identities: Array.from({ length: 2_000 }, (_, index) => ({ issuer: `i${index}`, signInType: 'x'.repeat(1_000) })),
  contoso_deep: Array.from({ length: 1_000 }, () => Array.from({ length: 1_000 }, () => 1)),
  contoso_same: Array.from({ length: 1_000 }, () => Array.from({ length: 1_000 }, () => 1)),
};

/** Fills the ten thousand characters that an expression may have. */
function filled(piece: string, joint: string, most = Infinity): string {
  const count = Math.min(most, Math.floor((maxExpressionLength + joint.length) / (piece.length + joint.length)));
  return Array.from({ length: count }, () => piece).join(joint);
}

function chained(start: string, piece: string, most = 245): string {
  return start + piece.repeat(Math.min(most, Math.floor((maxExpressionLength - start.length) / piece.length)));
}

/** Compiles and evaluates; what has no limit would not come back. */
function comesBack(text: string): Evaluation | string {
  expect(text.length).toBeLessThanOrEqual(maxExpressionLength);
  const compiled = compileExpression(text, 'value', []);
  return 'evaluate' in compiled ? compiled.evaluate(hugeUser) : (compiled[0]?.message ?? '');
}

const alternation = Array.from({ length: 150 }, (_, index) => `a{${index % 7}}`).join('|');

const slow: Readonly<Record<string, string>> = {
  'nested repetition': 'user.mail.matches("(a+)+$")',
  'alternatives that overlap': 'user.mail.matches("^(a|a)*$")',
  'repetition of what may be empty': `user.mail.matches("${'(a*)*'.repeat(60)}$")`,
  'a? so many times, then a': `user.displayName.matches("^${'a?'.repeat(150)}${'a'.repeat(150)}$")`,
  'states without end': 'user.city.matches("(a|b)*a(a|b){200}[cd]")',
  'states without end in a long property': 'user.jobTitle.matches("(?:a|aa)*a(?:a|b){150}[cd]")',
  'a pattern for each address': 'user.proxyAddresses.exists(a, a.matches("(a|b)*a(a|b){20}[cd]"))',
  'many alternatives': `user.displayName.matches("${alternation}c$")`,
  'many patterns': filled('user.mail.matches("(a+)+$x")', '||'),
  'many patterns in a loop': `user.proxyAddresses.exists(a,${filled('a.matches("(a*)*b")', '||').slice(0, 9_900).replace(/\|\|[^|]*$/, '')})`,
  'many classes of Unicode': filled(String.raw`user.department.matches(r"(?i)[\p{L}\p{N}\p{S}\P{P}]{9}\pZ")`, '||'),
  'many patterns of great size': filled('user.mail.matches("[a-z]{900}b")', '||'),
  'a class of great size': `user.mail.matches("[${Array.from({ length: 900 }, (_, index) => String.fromCodePoint(0x400 + index * 2)).join('')}]{900}")`,
  'folding of case': `user.mail.matches("(?i)(?:${'[k-s]?'.repeat(120)})+$")`,
  'boundaries': String.raw`user.displayName.matches(r"(?:\B[ab]?){200}[cd]$")`,
  'searching what repeats itself': filled(`user.mail.contains("b${'a'.repeat(300)}")`, '||'),
  'searching far': filled('user.city.contains("aba!")', '||'),
  'searching in a loop': `user.proxyAddresses.exists(a,${filled('a.contains("aaaaaaaaab")', '||', 350)})`,
  'replacing that grows': chained('user.department', '.replace("a","aaaaaaaaaa")'),
  'replacing nothing': chained('user.jobTitle', '.replace("","a")'),
  'joining that grows': chained('user.proxyAddresses', '.map(a,user.mail)', 100) + '.join()',
  'splitting': chained('user.mail', '.split("").join("a")'),
  'splitting and counting': filled('user.mail.split("").size()', '+', 200),
  'positions of characters': filled('user.mail.charAt(99999)', '+', 200),
  'upper and lower': chained('user.mail', '.upperAscii().lowerAscii().reverse()', 80),
  'a list that doubles': filled('user.proxyAddresses', '+', 240),
  'a text that doubles': filled('user.mail', '+', 240),
  'loops one after the other': chained('user.proxyAddresses', '.map(a,a+"x")'),
  'loops side by side': filled('user.proxyAddresses.exists(a,a=="x")', '||'),
  'a loop with a long body': `user.proxyAddresses.all(a,${filled('a!="x"', '&&', 1_200)})`,
  'a loop over members of a list': `user.proxyAddresses.all(a,${filled('a in user.otherMails', '&&', 400)})`,
  'a loop that compares lists': `user.proxyAddresses.all(a,${filled('user.otherMails==user.otherMails+[]', '||', 240)})`,
  'lists in depth': filled('user.contoso_deep==user.contoso_same', '&&', 200),
  'a loop over a literal': `[${filled('1', ',', 999)}].all(a,${filled('a!=2', '&&', 1_100)})`,
  'loops in a loop': 'user.proxyAddresses.all(a,user.proxyAddresses.all(b,user.proxyAddresses.all(c,a+b==c)))',
  'a long list': `"x" in [${filled('user.department', ',', 600)}]`,
  'a long list in a list': `[${filled('[1,2]', ',', 990)}].exists(x,x==[2,1])`,
  'times': filled('timestamp(user.mail)', '==', 200),
  'conversions': filled('int(user.mail)', '+', 200),
  'decimals': filled('double(user.mail)', '+', 200),
  'durations': filled('duration(user.mail)', '+', 200),
};

describe('no expression holds a run up without end', () => {
  test.each(Object.entries(slow))('%s', (_name, text) => {
    expect(comesBack(text)).toBeDefined();
  });

  test.each(['(', '[', '{', '-', '!', 'size(', '[1][', 'true?', '1+', '1==', 'user.', 'a.b(', '"', "'''", 'r"', '"\\\\', '{1:', '1,', '//', '.', '0x', '9', 'a', ' ', '(1)', '[],', '&&', '||', '?:', 'x.map(x,'])('ten thousand characters of %s', (piece) => {
    expect(comesBack(piece.repeat(maxExpressionLength / piece.length))).toBeDefined();
    expect(comesBack(`user.mail == ${piece.repeat((maxExpressionLength - 20) / piece.length)}`)).toBeDefined();
  });
});

/** Texts in which a pattern finds something new all the way: bits of a pseudo-random sequence. */
function noise(length: number): string {
  let state = 12_345;
  return Array.from({ length }, () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return (state >> 16) & 1 ? 'a' : 'b';
  }).join('');
}

test.each(['(a+)+[cd]', '(a|b)*a(a|b){20}[cd]', '(a|b)*a(a|b){200}[cd]', '(?:a|b|ab)*a(?:a|b|ab){150}[cd]', '(?:(?:[ab]*)*(?:[ab]*)*){20}[cd]$', String.raw`(?:\\B[ab]?){200}[cd]$`, '^(?:a?){150}(?:b?){150}[cd]', '[ab]{0,450}[cd]$'])(
  'a pattern on the longest text that it may be held against: %s',
  (pattern) => {
    const compiled = compileExpression(`user.mail.matches("${pattern}")`, 'value', []);
    if (!('evaluate' in compiled)) throw new Error(compiled[0]?.message);
    const whole = noise(400_000);
    const held = (length: number): boolean => compiled.evaluate({ mail: whole.slice(-length) }).kind === 'value';
    let longest = whole.length;
    while (!held(longest)) longest = Math.floor(longest / 1.1);
    expect(longest).toBeGreaterThan(500);
  },
);

describe('what is too much', () => {
  const deep = { hint: 'Use a list with `in`, or a map, in place of many operators.', message: 'The expression is nested more than 250 levels deep.' };

  test('characters', () => {
    expect(faultsOf(`"${'a'.repeat(9_998)}"`)).toEqual([]);
    expect(faultsOf(`"${'a'.repeat(9_999)}"`)).toEqual([
      { message: 'The expression has 10001 characters; 10000 are the most.', hint: 'Let several fields or a list of values share the work.', offset: 10_000 },
    ]);
  });

  test('levels', () => {
    expect(valueOf(`${'('.repeat(249)}1${')'.repeat(249)}`)).toBe(1);
    expect(faultsOf(`${'('.repeat(250)}1${')'.repeat(250)}`)).toEqual([{ ...deep, offset: 250 }]);
    expect(valueOf(`${'1+'.repeat(249)}1`)).toBe(250);
    expect(faultsOf(`${'1+'.repeat(250)}1`)).toEqual([{ ...deep, offset: 500 }]);
    expect(valueOf(`${'!'.repeat(248)}true`)).toBe(true);
    expect(faultsOf(`${'!'.repeat(250)}true`)).toMatchObject([deep]);
    expect(valueOf(`user.contoso_x${'.a'.repeat(247)}`, {})).toBeNull();
    expect(faultsOf(`user.contoso_x${'.a'.repeat(250)}`)).toMatchObject([deep]);
    expect(valueOf(`${'false ? 1 : '.repeat(249)}2`)).toBe(2);
    expect(valueOf(filled('user.accountEnabled', '||'))).toBe(true);
  });

  test('elements', () => {
    expect(valueOf(`size([${filled('1', ',', 1_000)}])`)).toBe(1_000);
    expect(faultsOf(`size([${filled('1', ',', 1_001)}])`)).toEqual([{ message: 'There are more than 1000 values between these brackets.', hint: 'Use fewer.', offset: 5 }]);
  });

  test('size of patterns', () => {
    expect(faultsOf(`user.mail.matches("${'a'.repeat(1_001)}")`)).toMatchObject([{ message: 'The pattern is too large.', offset: 18 }]);
    expect(faultsOf('user.mail.matches("(?:abcd{0,30}){33}")')).toMatchObject([{ message: 'The pattern is too large.' }]);
    expect(faultsOf('user.mail.matches("a{990}")')).toEqual([]);
    expect(faultsOf('user.mail.matches("a{900,}")')).toEqual([]);
    const five = filled('user.mail.matches("a{900}")', ' || ', 5);
    expect(faultsOf(five)).toEqual([]);
    expect(faultsOf(`${five} || user.mail.matches("a{900}")`)).toEqual([
      { message: 'The patterns of this expression are too large together.', hint: 'Use fewer repetitions such as `{100}`.', offset: five.length + 22 },
    ]);
  });

  test('work', () => {
    const evaluation = comesBack('user.proxyAddresses.all(a, !(a in user.otherMails))');
    expect(evaluation).toEqual({ kind: 'failed', message: 'the expression takes too much work for this user' });
    expect(comesBack(slow['states without end'] ?? '')).toEqual(evaluation);
  });

  test('what is made', () => {
    const message = 'the expression makes a text or list of more than 100000 characters or elements';
    expect(comesBack('user.mail + "a"')).toEqual({ kind: 'failed', message });
    expect(comesBack('user.proxyAddresses.join()')).toEqual({ kind: 'failed', message });
    expect(comesBack(slow['replacing that grows'] ?? '')).toEqual({ kind: 'failed', message });
    expect(comesBack(slow['a list that doubles'] ?? '')).toEqual({ kind: 'failed', message });
  });
});

test('what a directory really returns is far from any limit', () => {
  const user = {
    mail: 'ada.lovelace@example.com',
    proxyAddresses: Array.from({ length: 300 }, (_, index) => `smtp:alias-number-${index}.of.ada.lovelace@subsidiary.example.com`),
  };
  const text = String.raw`user.proxyAddresses.filter(a, a.matches(r"(?i)^smtp:[a-z0-9._-]+@([a-z0-9-]+\.)+com$") && a.contains("-299.")).map(a, a.lowerAscii().split(":")[1]).join(", ")`;
  expect(valueOf(text, user)).toBe('alias-number-299.of.ada.lovelace@subsidiary.example.com');
});
