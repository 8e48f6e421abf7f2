import { describe, expect, test } from '@jest/globals';
import {
  directoryUser,
  isExtensionName,
  isFault,
  propertyAskedFor,
  propertyAt,
  propertyOf,
  readableNames,
  relationships,
  replacementOf,
  singleUserProperties,
} from '../../src/graph-user/index.ts';
import { closest } from '../../src/closest.ts';

const appId = '0123456789abcdef0123456789ABCDEF';
const allProperties = 'All of them: https://learn.microsoft.com/graph/api/resources/user#properties';
const notListed = 'in a list of users.';

describe('the type of what stands at a path', () => {
  test.each([
    ['mail', 'text'],
    ['accountEnabled', 'boolean'],
    ['deviceEnrollmentLimit', 'integer'],
    ['createdDateTime', 'date-time'],
    ['employeeHireDate', 'date-time'],
    ['customSecurityAttributes', 'any'],
    ['employeeOrgData', 'object'],
    ['businessPhones', 'list'],
    ['id', 'text'],
    ['deletedDateTime', 'date-time'],
    [`extension_${appId}_costCenter`, 'any'],
    ['ext8x9y0z1a_details', 'any'],
    ['contoso_floor', 'any'],
  ])('%s is %s', (name, kind) => {
    expect(propertyAt([name])).toMatchObject({ kind });
    expect(propertyOf(directoryUser, name)).toEqual(propertyAt([name]));
  });

  test('inside of objects and lists', () => {
    expect(propertyAt([])).toBe(directoryUser);
    expect(propertyAt(['businessPhones', 0])).toEqual({ kind: 'text' });
    expect(propertyAt(['onPremisesExtensionAttributes', 'extensionAttribute15'])).toEqual({ kind: 'text' });
    expect(propertyAt(['identities', 3, 'signInType'])).toEqual({ kind: 'text' });
    expect(propertyAt(['assignedLicenses', 0, 'disabledPlans', 1])).toEqual({ kind: 'text' });
    expect(propertyAt(['signInActivity', 'lastSignInDateTime'])).toEqual({ kind: 'date-time' });
    expect(propertyAt(['contoso_x', 'anything', 0, 'below'])).toEqual({ kind: 'any' });
    expect(propertyAt(['manager', 'mail'])).toEqual({ kind: 'text' });
    expect(propertyAt(['manager', 'employeeOrgData', 'costCenter'])).toEqual({ kind: 'text' });
    expect(propertyAt(['manager', 'contoso_floor'])).toEqual({ kind: 'any' });
    expect(propertyAt(['devices', 0, 'lastSyncDateTime'])).toEqual({ kind: 'date-time' });
    expect(propertyAt(['devices', 1, 'totalStorageSpaceInBytes'])).toEqual({ kind: 'integer' });
    expect(propertyAt(['groups', 0])).toEqual({ kind: 'text' });
    expect(propertyAt(['extensions', 0, 'costCenter'])).toEqual({ kind: 'any' });
    expect(propertyAt(['passwordProfile', 'forceChangePasswordNextSignIn'])).toEqual({ kind: 'boolean' });
  });
});

describe('a path that leads nowhere tells where it goes wrong, and what was meant', () => {
  test.each([
    [['departmnt'], 0, 'A user in Microsoft Graph has no property `departmnt`.', 'Did you mean `department`?'],
    [['given_name'], 0, 'A user in Microsoft Graph has no property `given_name`.', 'Did you mean `givenName`?'],
    [['user_principal_name'], 0, 'A user in Microsoft Graph has no property `user_principal_name`.', 'Did you mean `userPrincipalName`?'],
    [['nothingLikeIt'], 0, 'A user in Microsoft Graph has no property `nothingLikeIt`.', allProperties],
    [['extensionAttribute1'], 0, 'A user in Microsoft Graph has no property `extensionAttribute1`.', 'Write `onPremisesExtensionAttributes.extensionAttribute1`.'],
    [['extension_1234_x'], 0, 'A user in Microsoft Graph has no property `extension_1234_x`.', 'A directory extension is `extension_<application id without dashes>_<name>`.'],
    [['constructor'], 0, 'A user in Microsoft Graph has no property `constructor`.', allProperties],
    [['hireDate'], 0, `Microsoft Graph does not return \`hireDate\` ${notListed}`, 'Use `employeeHireDate`.'],
    [['aboutMe'], 0, `Microsoft Graph does not return \`aboutMe\` ${notListed}`, 'Use another property.'],
    [['directReports', 0, 'mail'], 0, `\`directReports\` is a relationship, which Microsoft Graph does not return ${notListed}`, 'Use a property of the user itself.'],
    [['transitiveMemberOf'], 0, `\`transitiveMemberOf\` is a relationship, which Microsoft Graph does not return ${notListed}`, 'Use `groups`, the ids of those `source.groups` that hold the user.'],
    [['manager', 'manager'], 1, '`Manager` in Microsoft Graph has no property `manager`.', allProperties],
    [['manager', 'departmnt'], 1, '`Manager` in Microsoft Graph has no property `departmnt`.', 'Did you mean `department`?'],
    [['devices', 0, 'udid'], 2, '`ManagedDevice` in Microsoft Graph has no property `udid`.', expect.stringContaining('manageddevice')],
    [['employeeOrgData', 'costCentre'], 1, '`EmployeeOrgData` in Microsoft Graph has no property `costCentre`.', 'Did you mean `costCenter`?'],
    [['employeeOrgData', 'x'], 1, '`EmployeeOrgData` in Microsoft Graph has no property `x`.', 'It has `costCenter`, `division`.'],
    [['identities', 'issuer'], 1, 'What stands before `.issuer` is a list and has no properties.', 'Name one element, such as `[0].issuer`.'],
    [['mail', 'length'], 1, 'What stands before `.length` is no object and has no properties.', 'Remove `.length`.'],
    [['mail', 0], 1, 'What stands before the index is no list.', 'Remove the index.'],
    [['employeeOrgData', 0], 1, 'What stands before the index is no list.', 'Remove the index.'],
  ])('%j', (path, segment, message, hint) => {
    expect(propertyAt(path)).toEqual({ segment, message, hint });
  });

  test('what takes another permission is none of a manager', () => {
    expect(propertyAt(['manager', 'signInActivity'])).toMatchObject({ segment: 1 });
    expect(propertyAt(['manager', 'hireDate'])).toMatchObject({ segment: 1 });
  });

  test('a path asks for the properties of managers and devices by name, and for all else as a whole', () => {
    const asked = [['mail'], ['manager', 'mail'], ['manager'], ['devices', 0, 'deviceName'], ['employeeOrgData', 'costCenter']] as const;
    expect(asked.map(([first, ...rest]) => propertyAskedFor([first, ...rest]))).toEqual(['mail', 'manager.mail', 'manager', 'devices.deviceName', 'employeeOrgData']);
  });

  test('a fault is told from a type', () => {
    expect(isFault(propertyAt(['mail']))).toBe(false);
    expect(isFault(propertyAt(['mial']))).toBe(true);
  });
});

describe('the names', () => {
  test('of properties that a list returns are the presets\' and many more, but no relationship', () => {
    const names = readableNames();
    expect(names).toEqual(expect.arrayContaining(['userPrincipalName', 'mail', 'givenName', 'surname', 'jobTitle', 'department', 'accountEnabled', 'mailNickname', 'displayName', 'mobilePhone']));
    expect(names.length).toBeGreaterThan(60);
    expect(names.filter((name) => relationships.has(name) || singleUserProperties.has(name))).toEqual([]);
  });

  test('of properties that only one user returns are all known, and what replaces one can be listed', () => {
    expect([...singleUserProperties].filter((name) => !directoryUser.properties.has(name))).toEqual([]);
    for (const [name, replacement] of replacementOf) {
      expect(singleUserProperties.has(name)).toBe(true);
      expect(readableNames()).toContain(replacement);
    }
  });

  test('of relationships', () => {
    expect([...relationships]).toEqual(expect.arrayContaining(['memberOf', 'directReports', 'photo', 'calendar', 'ownedDevices', 'licenseDetails', 'print']));
  });

  test('of extensions follow rules', () => {
    expect(isExtensionName(`extension_${appId}_x_y`)).toBe(true);
    expect(isExtensionName(`extension_${appId}_`)).toBe(false);
    expect(isExtensionName(`extension_${appId.slice(1)}_x`)).toBe(false);
    expect(isExtensionName('contoso_x')).toBe(true);
    expect(isExtensionName('contoso_')).toBe(false);
    expect(isExtensionName('_x')).toBe(false);
    expect(isExtensionName('mail')).toBe(false);
  });
});

test('the closest name is the one with the fewest differences, whatever the case, and none where all are far', () => {
  expect(closest('MAIL', ['mial', 'mail'])).toBe('mail');
  expect(closest('mal', ['mail', 'all'])).toBe('mail');
  expect(closest('x', ['department'])).toBeUndefined();
  expect(closest('y'.repeat(1_000_000), ['mail'])).toBeUndefined();
});
