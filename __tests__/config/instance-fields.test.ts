import { describe, expect, test } from '@jest/globals';
import { parseSyncFile, usableRules } from '../../src/config/index.ts';
import { asSyncError, type SyncError } from '../../src/errors.ts';

const smallest = 'version: 1\nsync-keys: [email]\n';
const entraFields = ['account_enabled', 'department', 'mail_nickname'];

function usableFields(text: string, names: readonly string[]): string[] {
  const file = parseSyncFile(text);
  return usableRules(file, new Set(names)).map((index) => file.rules[index]?.field ?? 'no such rule');
}

function failureOf(text: string, names: readonly string[]): SyncError {
  try {
    usableFields(text, names);
  } catch (thrown) {
    return asSyncError(thrown);
  }
  throw new Error('the file fits the instance');
}

describe('a sync file held against the fields of the instance', () => {
  test('keeps every rule whose field there is', () => {
    expect(usableFields(smallest, entraFields)).toHaveLength(8);
  });

  test('leaves out rules of the preset whose field there is not, and never a documented field', () => {
    expect(usableFields(smallest, ['department'])).toEqual(['department', 'email', 'first_name', 'last_name', 'position', 'username']);
    expect(usableFields(smallest, [])).toEqual(['email', 'first_name', 'last_name', 'position', 'username']);
  });

  test('is wrong where the user names a field that there is not, told once a field', () => {
    const failure = failureOf('version: 1\nsync-keys: [employee_nr]\ndefaults: { role: 25, floor: 1 }\nfields:\n  employee_nr: employeeId\n', [
      'employee_number',
    ]);
    expect(failure.reason).toBe('invalid-sync-file');
    expect(failure.problems).toEqual([
      {
        message: 'The instance has no field `floor`.',
        hint: 'Create the field in Oomnitza, or take it out of the sync file.',
        position: { line: 3, column: 23 },
      },
      {
        message: 'The instance has no field `employee_nr`.',
        hint: 'Did you mean `employee_number`?',
        position: { line: 5, column: 3 },
      },
    ]);
  });
});
