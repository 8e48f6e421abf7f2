import { Random } from '../random.ts';
import { CONNECTOR_SOURCES, CUSTOM_FIELDS, defineField, STANDARD_FIELDS, type FieldDefinition, type FieldSketch } from './fields.ts';
import type { FieldValues, OomnitzaRecord } from './record.ts';
import { DEFAULT_BEHAVIOUR, type InstanceBehaviour } from './behaviour.ts';
import type { BulkPortion } from './bulk-portion.ts';
import type { SaasApplication } from './saas.ts';
import { SortedRecords } from './sorted-records.ts';
import { UniqueIndex } from './unique-index.ts';

/** What a token allows. */
export type Right = 'read' | 'write';

/** Somebody who may ask for a token. */
export interface PasswordUser {
  /** `undefined`: signs in elsewhere, and has none here. */
  readonly password: string | undefined;
  readonly rights: readonly Right[];
}

/** A simulated Oomnitza instance: fields, people, API tokens, and how its API behaves. */
export class OomnitzaInstance {
  /** Fields by name. Change a definition's properties to change the rules. */
  readonly fields = new Map<string, FieldDefinition>();
  /** API tokens and what each allows. */
  readonly tokens = new Map<string, Set<Right>>();
  /** Who may exchange a password for a token, by user name. */
  readonly passwordUsers = new Map<string, PasswordUser>();
  /** Tokens given for passwords so far, ended ones too, with the calls that each was used for. */
  readonly issued = new Map<string, number>();
  /** What the instance maps for the vendor's connector: by service, internal ids of fields by source. */
  readonly mappings = new Map<string, Map<string, string | readonly string[]>>();
  /** Locations, as the API shows them. */
  readonly locations: Readonly<Record<string, unknown>>[] = [
    { location_id: 'BER-1', name: 'Berlin', address: { city: 'Berlin' } },
    { location_id: 'PAR-1', name: 'Paris', address: null },
  ];
  /** What came by the bulk API, by the id that its sender chose, in the order in which it came. */
  readonly portions = new Map<string, BulkPortion>();
  /** SaaS applications by id. */
  readonly saas = new Map<string, SaasApplication>();
  /** What nobody knows about the real API, or differs between instances. May be changed at any time. */
  readonly behaviour: InstanceBehaviour = { ...DEFAULT_BEHAVIOUR };
  readonly #records = new Map<string, OomnitzaRecord>();
  readonly #sorted = new Map<string, SortedRecords>();
  readonly #unique = new Map<string, UniqueIndex>();
  readonly #random: Random;
  #lastUid = 1000;
  #revision = 0;

  constructor(seed: number) {
    this.#random = new Random(seed ^ 0x00001217a);
    for (const sketch of [...STANDARD_FIELDS, ...CUSTOM_FIELDS]) this.addField(sketch);
    this.mappings.set('Azureusers', new Map([...CONNECTOR_SOURCES].map(([source, name]) => [source, this.field(name).internalId])));
  }

  /** Records by `user_id`, archived ones included, in the order in which they came. */
  get records(): ReadonlyMap<string, OomnitzaRecord> {
    return this.#records;
  }

  /** Counts the writes. */
  get revision(): number {
    return this.#revision;
  }

  /** Gives a token for a password. */
  issueToken(rights: readonly Right[]): string {
    const token = this.#random.hex(40);
    this.tokens.set(token, new Set(rights));
    this.issued.set(token, 0);
    return token;
  }

  /** What a token allows; undefined where it is not, or no longer, good. Counts as a call. */
  useToken(token: string): ReadonlySet<Right> | undefined {
    const calls = this.issued.get(token);
    if (calls !== undefined) {
      this.issued.set(token, calls + 1);
      if (calls >= this.behaviour.callsPerToken) this.tokens.delete(token);
    }
    return this.tokens.get(token);
  }

  /** Adds a field, or redefines one. */
  addField(sketch: FieldSketch): FieldDefinition {
    const field = defineField(sketch, this.fields.size + 1);
    this.fields.set(field.name, field);
    return field;
  }

  /** The definition of a field. @throws Error when there is none. */
  field(name: string): FieldDefinition {
    const field = this.fields.get(name);
    if (field === undefined) throw new Error(`the sandbox's Oomnitza has no field ${name}`);
    return field;
  }

  removeField(name: string): void {
    this.fields.delete(name);
  }

  /**
   * Adds a record without asking any rule, as data older than the rules may be: duplicates are possible.
   * What is not given is filled in: ids, username (the email), full name, role 25, dates.
   */
  addRecord(given: FieldValues = {}): OomnitzaRecord {
    this.#checkFields(given);
    this.#lastUid += 1;
    const email = typeof given.email === 'string' ? given.email : undefined;
    const now = Math.floor(Date.now() / 1000);
    const record: OomnitzaRecord = Object.freeze({
      user_id: this.#random.hex(32),
      uid: this.#lastUid,
      username: email ?? `person${this.#lastUid}`,
      full_name: fullName(given),
      role: 25,
      suspended: false,
      creation_date: now,
      change_date: now,
      created_by: 'api',
      changed_by: 'api',
      version: 1,
      ...given,
    });
    if (this.#records.has(record.user_id)) throw new Error(`a record with the user_id ${record.user_id} exists`);
    this.#put(record);
    return record;
  }

  /** Changes a record without asking any rule, and returns it as it is then. */
  updateRecord(userId: string, changes: FieldValues): OomnitzaRecord {
    this.#checkFields(changes);
    const before = this.record(userId);
    this.#take(before);
    const after: OomnitzaRecord = Object.freeze({
      ...before,
      change_date: Math.floor(Date.now() / 1000),
      version: before.version + 1,
      ...changes,
      user_id: before.user_id,
      uid: before.uid,
    });
    this.#put(after);
    return after;
  }

  /** Removes a record without a trace. To archive one, set its `deleted` date. */
  removeRecord(userId: string): void {
    const record = this.record(userId);
    this.#take(record);
    this.#records.delete(userId);
  }

  /** The record with this `user_id`. @throws Error when there is none. */
  record(userId: string): OomnitzaRecord {
    const record = this.#records.get(userId);
    if (record === undefined) throw new Error(`the sandbox's Oomnitza has no record ${userId}`);
    return record;
  }

  /** The first record that satisfies the condition. */
  find(condition: (record: OomnitzaRecord) => boolean): OomnitzaRecord | undefined {
    return this.#records.values().find(condition);
  }

  /** Records that hold this value in this field, case-insensitively. */
  holders(field: string, value: OomnitzaRecord[string]): readonly OomnitzaRecord[] {
    let index = this.#unique.get(field);
    if (index === undefined) {
      index = new UniqueIndex(field, this.#records.values());
      this.#unique.set(field, index);
    }
    return index.holders(value).map((userId) => this.record(userId));
  }

  /** All records sorted by a field, then by `uid`. */
  sortedBy(field: string): readonly OomnitzaRecord[] {
    let sorted = this.#sorted.get(field);
    if (sorted === undefined) {
      sorted = new SortedRecords(field, this.#records.values());
      this.#sorted.set(field, sorted);
    }
    return sorted.all;
  }

  #put(record: OomnitzaRecord): void {
    this.#records.set(record.user_id, record);
    for (const sorted of this.#sorted.values()) sorted.add(record);
    for (const index of this.#unique.values()) index.add(record);
    this.#revision += 1;
  }

  #take(record: OomnitzaRecord): void {
    for (const sorted of this.#sorted.values()) sorted.remove(record);
    for (const index of this.#unique.values()) index.remove(record);
    this.#revision += 1;
  }

  #checkFields(given: FieldValues): void {
    for (const name of Object.keys(given)) this.field(name);
  }
}

function fullName(given: FieldValues): string | null {
  return [given.first_name, given.last_name].filter(Boolean).join(' ') || null;
}
