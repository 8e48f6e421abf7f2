import { describe, expect, it } from '@jest/globals';
import { readIni } from '../../src/config-ini/ini.ts';
import { cpuTimeOf } from '../support/cpu-time.ts';

/** Keys and values of a section. */
function settings(text: string, section = 'a'): Record<string, string> {
  const entries = readIni(text).sections.get(section)?.entries ?? new Map();
  return Object.fromEntries([...entries.values()].map(({ key, value }: { key: string; value: string }) => [key, value]));
}

describe('a config.ini is read as the connector reads it', () => {
  it.each([
    ['equals and colons', '[a]\nx = 1\ny: 2\nz=a=b:c', { x: '1', y: '2', z: 'a=b:c' }],
    ['keys of any case', '[a]\nTenant_ID = 1', { tenant_id: '1' }],
    ['comments', '# a\n; b\nrem c\nREM\n[a]\n#x = 1\nx = 2', { x: '2' }],
    ['a key that starts like a comment', '[a]\nremote = 1', { remote: '1' }],
    ['inline comments', '[a]\nx = 1 ; one\ny = 1;2\nz = a;b ; c\nv = ;w', { x: '1', y: '1;2', z: 'a;b ; c', v: '' }],
    ['a number sign, which starts none', '[a]\nx = 1 # one', { x: '1 # one' }],
    ['two quotes for nothing', '[a]\nx = ""\ny =', { x: '', y: '' }],
    ['lines that go on', '[a]\nx = 1\n  2 ; two\n\n\t3\ny = 4', { x: '1\n  2 ; two\n\t3', y: '4' }],
    ['an indented first line', '[a]\n  x = 1', { x: '1' }],
    ['per cent signs', '[a]\nx = 100% %(y)s', { x: '100% %(y)s' }],
    ['the last of equal keys', '[a]\nx = 1\nX = 2', { x: '2' }],
    ['sections in several parts', '[a]\nx = 1\n[b]\nx = 2\n[a]\ny = 3', { x: '1', y: '3' }],
    ['what holds in all sections', '[DEFAULT]\nx = 1\ny = 1\n[a]\ny = 2', { x: '1', y: '2' }],
    ['Windows line ends', '[a]\r\nx = 1\r\ny = 2\r\n', { x: '1', y: '2' }],
    ['old Macintosh line ends', '[a]\rx = 1\r', { x: '1' }],
    ['a byte order mark', '\uFEFF[a]\nx = 1', { x: '1' }],
    ['names that objects have', '[a]\n__proto__ = 1\nconstructor = 2', { ['__proto__']: '1', constructor: '2' }],
  ])('%s', (_name, text, expected) => {
    expect(settings(text)).toEqual(expected);
  });

  it('tells where an entry stands and keeps it as written, without its inline comment', () => {
    const entry = readIni('\n[a]\r\nX : 1 ; one\r\n  2\r\n').sections.get('a')?.entries.get('x');
    expect(entry).toEqual({ key: 'x', value: '1\n  2', line: 3, text: ['X : 1', '  2'] });
  });

  it('tells which entries are replaced', () => {
    expect(readIni('[a]\nx = 1\nx = 2').sections.get('a')?.replaced.map(({ entry, by }) => [entry.line, by])).toEqual([[2, 3]]);
  });

  it('goes on after lines that mean nothing', () => {
    const { unreadable } = readIni('[a]\nhello\nx = 1\n[b\n');
    expect(unreadable).toEqual([2, 4]);
    expect(settings('[a]\nhello\nx = 1')).toEqual({ x: '1' });
  });

  it('refuses settings without a section, and does not repeat them', () => {
    expect(() => readIni('\nsecret = hunter2')).toThrow('Line 2 of the config.ini stands before the first section.');
  });

  it('takes no longer for hostile lines', () => {
    const taken = cpuTimeOf(() => { readIni(`[a]\nx${' '.repeat(1_000_000)}\n${'['.repeat(1_000_000)}\ny = ${' ;'.repeat(500_000)}`); });
    expect(taken).toBeLessThan(2000);
  });
});
