import { describe, expect, test } from '@jest/globals';
import { Random } from '../../sandbox/random.ts';
import { suggestFor, type Suggested } from './world.ts';

const attributes = Array.from({ length: 6 }, (_none, index) => `extensionAttribute${index + 1}`);
const fields = ['bay', 'building', 'crew', 'floor', 'grade', 'zone'];
const vocabularies = [['1', '2', '3', '4'], ['A', 'B', 'C', 'D'], ['Level 1', 'Level 2', 'Level 3', 'Level 4']];

/** What is called proven, besides the two fields that everybody has. */
function proven({ lines }: Suggested): readonly string[] {
  return [...lines].flatMap(([field, { source, isGuess }]) => (isGuess || field === 'username' || field === 'email' ? [] : [`${field}: ${source}`]));
}

/** Few values by which people of one team are alike, as in everything that goes with where they sit. */
function dealt(random: Random, teams: readonly number[]): readonly string[] {
  const left = [...random.pick(vocabularies)];
  const all = [...left];
  const ofTeam = Array.from({ length: 4 }, () => left.splice(random.below(left.length), 1)[0] ?? random.pick(all));
  const share = random.pick([0, 0, 0.1]);
  return teams.map((team) => (random.chance(share) ? random.pick(all) : (ofTeam[team] ?? '')));
}

test.each(Array.from({ length: 8 }, (_none, seed) => seed))('few values that have nothing to do with each other prove nothing, while what belongs together is found (%i)', (seed) => {
  const random = new Random(seed);
  const people = 40 + random.below(160);
  const most = random.next() * 0.9;
  const teams = Array.from({ length: people }, () => (random.chance(most) ? 0 : random.below(4)));
  const given = attributes.map(() => dealt(random, teams));
  const held = fields.map(() => dealt(random, teams));
  const centres = teams.map(() => `C${random.below(12)}`);
  const units = teams.map(() => random.pick(['Sales', 'Finance', 'Legal', 'Design', 'Support', 'IT']));
  const suggested = suggestFor({
    people,
    fields: [...fields, 'f1', 'f2', 'f3'].map((name) => ({ name })),
    user: (number) => ({
      city: centres[number],
      companyName: units[number],
      employeeId: String(number),
      onPremisesExtensionAttributes: Object.fromEntries(attributes.map((name, index) => [name, given[index]?.[number]])),
    }),
    // One in fourteen is out of date.
    record: (number) => ({
      ...Object.fromEntries(fields.map((name, index) => [name, held[index]?.[number] ?? null])),
      f1: (number % 14 === 0 ? centres[0] : centres[number]) ?? null,
      f2: (number % 14 === 0 ? units[0] : units[number]) ?? null,
      f3: number % 14 === 0 ? '?' : String(number),
    }),
  });
  expect(proven(suggested)).toEqual(['f1: city', 'f2: companyName', 'f3: employeeId']);
});

describe('values that agree throughout are a guess', () => {
  const of = (value: (number: number) => string, people: number, name = 'building'): unknown =>
    suggestFor({ people, fields: [{ name }], user: (number) => ({ officeLocation: value(number) }), record: (number) => ({ [name]: value(number) }) }).lines.get(name);

  test.each([
    ['four buildings with a floor of the same number each', 'bay', (number: number) => String(1 + (number % 4))],
    ['six codes', 'bay', (number: number) => `B${number % 6}`],
    ['one number but for three people', 'bay', (number: number) => (number < 3 ? String(number) : '9')],
    ['one word but for three people', 'bay', (number: number) => ['North', 'South', 'West'][number] ?? 'East'],
    ['words that differ in their number alone', 'bay', (number: number) => `Level ${number % 5}`],
    ['four numbers, although the name fits', 'building', (number: number) => String(1 + (number % 4))],
    ['one number but for three people, although the name fits', 'building', (number: number) => (number < 3 ? String(number) : '9')],
  ])('with %s', (_what, name, value) => {
    for (const people of [12, 100, 500]) expect(of(value, people, name)).toMatchObject({ source: 'officeLocation', isGuess: true, remark: expect.stringContaining('too few people or different values') });
  });

  test('with one person who is the only exception, in whatever form yes and no are held', () => {
    const world = (yes: string, no: string): unknown =>
      suggestFor({ fields: [{ name: 'active', type: 'unknown' }], user: (number) => ({ accountEnabled: number !== 3 }), record: (number) => ({ active: number === 3 ? no : yes }) }).lines.get('active');
    for (const [yes, no] of [['true', 'false'], ['1', '0']] as const) expect(world(yes, no)).toMatchObject({ source: 'accountEnabled', isGuess: true });
  });

  test.each([
    ['eight numbers', 'bay', (number: number) => String(number % 8)],
    ['four words', 'bay', (number: number) => ['North', 'South', 'East', 'West'][number % 4] ?? ''],
    ['five numbers and a name that fits', 'building', (number: number) => String(number % 5)],
    ['two words and a name that fits', 'building', (number: number) => (number % 3 === 0 ? 'Tower' : 'Annexe')],
  ])('but not with %s', (_what, name, value) => {
    expect(of(value, 40, name)).toMatchObject({ source: 'officeLocation', isGuess: false });
  });
});
