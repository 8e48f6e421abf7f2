import type { FieldValue } from './record.ts';

/** What a field of a person holds. */
export type FieldType = 'short-text' | 'long-text' | 'integer' | 'boolean' | 'date' | 'drop-down';

/** One entry of a drop-down: the key is stored, the value is shown. */
export interface FieldOption {
  readonly key: string;
  readonly value: string;
}

/** A field of people in an Oomnitza instance. May be changed at any time. */
export interface FieldDefinition {
  readonly name: string;
  readonly type: FieldType;
  label: string;
  /** The id by which the bulk API knows it. */
  internalId: string;
  /** May be written by the API. */
  editable: boolean;
  /** Need not be given for a new record. */
  optional: boolean;
  /** No two records may hold the same value, whatever the case of its letters. */
  unique: boolean;
  /** When there are any, other values are refused. */
  options: FieldOption[];
  /** Kept by the instance itself; no header makes it writable. */
  readonly system: boolean;
  /** What is stored of a value that is sent; without it, the value itself. */
  stores?: (value: FieldValue) => FieldValue;
}

/** A field to add; only its name is needed. */
export type FieldSketch = { readonly name: string } & Partial<Omit<FieldDefinition, 'name'>>;

/** Fills a sketch up: an editable, optional short text that need not be unique. */
export function defineField(sketch: FieldSketch, number: number): FieldDefinition {
  const words = sketch.name.replaceAll('_', ' ');
  return {
    type: 'short-text',
    label: words.charAt(0).toUpperCase() + words.slice(1),
    internalId: `0F${number.toString(16).toUpperCase().padStart(30, '0')}`,
    editable: true,
    optional: true,
    unique: false,
    options: [],
    system: false,
    ...sketch,
  };
}

const ROLES: FieldOption[] = [
  { key: '5', value: 'Administrator' },
  { key: '25', value: 'Employee' },
  { key: '31', value: 'IT Agent' },
  { key: '38', value: 'Asset Manager' },
];

const EMPLOYEE_TYPES: FieldOption[] = [
  { key: 'EMP', value: 'Employee' },
  { key: 'CON', value: 'Contractor' },
  { key: 'INT', value: 'Intern' },
];

/** Fields that every instance has. */
export const STANDARD_FIELDS: readonly FieldSketch[] = [
  { name: 'user_id', system: true, editable: false, unique: true },
  { name: 'uid', type: 'integer', system: true, editable: false, unique: true },
  { name: 'username', internalId: 'USER', optional: false, unique: true },
  { name: 'full_name' },
  { name: 'first_name', internalId: 'FIRST_NAME' },
  { name: 'last_name', internalId: 'LAST_NAME' },
  { name: 'email', internalId: 'EMAIL', unique: true },
  { name: 'role', type: 'integer', internalId: 'PERMISSIONS_ID', optional: false, options: ROLES },
  { name: 'position', internalId: 'POSITION' },
  { name: 'phone_number', internalId: 'PHONE' },
  { name: 'address', type: 'long-text', internalId: 'ADDRESS' },
  { name: 'suspended', type: 'boolean' },
  { name: 'external_id' },
  { name: 'email_subscription', type: 'boolean' },
  { name: 'deleted', type: 'date', system: true, editable: false },
  { name: 'change_date', type: 'date', system: true, editable: false },
  { name: 'changed_by', system: true, editable: false },
  { name: 'creation_date', type: 'date', system: true, editable: false },
  { name: 'created_by', system: true, editable: false },
  { name: 'last_login_date', type: 'date', editable: false },
  { name: 'version', type: 'integer', system: true, editable: false },
];

/** Fields that this instance's administrators added. */
export const CUSTOM_FIELDS: readonly FieldSketch[] = [
  { name: 'department' },
  { name: 'account_enabled', type: 'boolean' },
  { name: 'mail_nickname' },
  { name: 'cost_center' },
  { name: 'office' },
  { name: 'manager_email' },
  { name: 'employee_type', type: 'drop-down', options: EMPLOYEE_TYPES },
  { name: 'entra_object_id', label: 'Entra Object ID', unique: true },
  { name: 'left_on', type: 'date', label: 'Left on' },
  // Filled by a payroll import; the API may not change it.
  { name: 'payroll_number', editable: false },
];

/** The sources from which the vendor's connector for Azure users fills fields, as long as nobody changes that. */
export const CONNECTOR_SOURCES: ReadonlyMap<string, string> = new Map([
  ['user_principal_name', 'username'],
  ['mail', 'email'],
  ['given_name', 'first_name'],
  ['surname', 'last_name'],
  ['additional_properties.jobTitle', 'position'],
  ['department', 'department'],
  ['account_enabled', 'account_enabled'],
  ['mail_nickname', 'mail_nickname'],
]);

/** The longest text a field of this type holds. */
export function lengthOf(type: FieldType): number | null {
  if (type === 'short-text' || type === 'drop-down') return 256;
  return type === 'long-text' ? 1024 : null;
}
