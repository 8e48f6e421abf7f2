import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parseSyncFile, usableRules, withFieldNames } from '../../src/config/index.ts';
import { suggestFor } from './world.ts';

const text = fc.oneof(fc.string({ unit: 'binary', maxLength: 30 }), fc.constantFrom('null', 'true', '<<', 'role', 'entra_object_id', 'employee_id', '*x', '- a', 'a: b', '# c', '\n  role: mail', '\u2028x', '"', '{', '部門', 'Cost Center', 'x'.repeat(3000)));
const scalar = fc.oneof(fc.constant(null), fc.boolean(), fc.integer(), fc.constantFrom('a', 'b', 'C', '2024-02-29', '\n'), fc.string({ unit: 'binary', maxLength: 8 }));
const option = fc.record({ key: text, label: text });
const field = fc.record({
  name: text,
  label: fc.option(text, { nil: undefined }),
  type: fc.constantFrom('text', 'integer', 'number', 'boolean', 'date', 'unknown'),
  options: fc.array(option, { maxLength: 2 }),
  editable: fc.boolean(),
  unique: fc.boolean(),
  required: fc.boolean(),
});

test('whatever an instance calls its fields and holds in them, what is suggested is a sync file', () => {
  fc.assert(
    fc.property(fc.array(field, { maxLength: 6 }), fc.array(scalar, { minLength: 6, maxLength: 6 }), fc.nat({ max: 6 }), (fields, values, people) => {
      const own = fields.filter(({ name }) => name !== 'username' && name !== 'email');
      const { text: suggested, fields: known } = suggestFor({
        fields: own,
        people,
        user: (number) => ({ city: values[number], department: values[0], employeeHireDate: values[1], accountEnabled: values[2] }),
        record: (number) => Object.fromEntries(own.map(({ name }, index) => [name, values[(number + index) % 6] ?? null])),
      });
      const file = parseSyncFile(suggested);
      expect(file.rules.map((rule) => rule.field)).toEqual(expect.arrayContaining(['email', 'username']));
      // What is told of in the file is the only thing that an instance refuses of it.
      const refused = known.get('role') !== undefined || [...known.values()].some(({ name, editable }) => ['username', 'email'].includes(name) && !editable);
      if (!refused) expect(usableRules(withFieldNames(file, known), known, false).leftOut.filter(({ of }) => of === 'the preset')).toEqual([]);
    }),
    { numRuns: 100 },
  );
});
