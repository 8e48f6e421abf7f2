import type { Confidential } from './confidential.ts';
import { fieldName, isWritable, presetPaths } from './fields.ts';
import { isMapping, laidOver, readSpec, type FieldSpec } from './field-spec.ts';
import type { IniEntry, IniSection } from './ini.ts';
import type { Instance } from './instance.ts';
import { keptEntry, type Kept } from './kept.ts';
import { convertedRule, type ConvertedRule } from './rule.ts';
import { convertedSettings, type ConvertedSettings, type Noted } from './settings.ts';
import { isTrue } from './truth.ts';
import type { YamlValue } from '../yaml-text.ts';

/** One rule of the sync file; `null` removes the preset's. */
export interface FieldLine {
  readonly rule: YamlValue;
  readonly remark?: string;
}

/** A section in the parts of a sync file. */
export interface ConvertedSection extends Omit<ConvertedSettings, 'kept'> {
  /** `entra` stands in for a mapping that only the instance knows. */
  readonly preset: 'entra' | 'none';
  readonly syncKeys: Noted<readonly string[]>;
  readonly fields: ReadonlyMap<string, FieldLine>;
  readonly kept: readonly Kept[];
}

/** What the mapping of a section is made of. */
export interface SectionContext {
  /** Names under `[converters]`, in small letters. */
  readonly custom: ReadonlySet<string>;
  readonly instance: Instance | undefined;
  readonly confidential: Confidential;
}

interface Mapped {
  readonly spec: FieldSpec;
  /** `undefined` where the instance alone maps the field. */
  readonly entry: IniEntry | undefined;
  /** Why nothing could be made of what the section says. */
  readonly why?: string;
}

/** Converts an `[azureusers…]` section. */
export function convertedSection(section: IniSection, context: SectionContext): ConvertedSection {
  return new SectionConverter(section, context).convert();
}

class SectionConverter {
  readonly #section: IniSection;
  readonly #context: SectionContext;
  readonly #usesInstance: boolean;
  readonly #preset: 'entra' | 'none';
  readonly #presetPaths = presetPaths();
  readonly #fields = new Map<string, FieldLine>();
  readonly #kept: Kept[] = [];

  constructor(section: IniSection, context: SectionContext) {
    this.#section = section;
    this.#context = context;
    this.#usesInstance = isTrue(section.entries.get('use_server_map')?.value ?? true);
    this.#preset = this.#usesInstance && context.instance === undefined ? 'entra' : 'none';
  }

  convert(): ConvertedSection {
    const { kept, ...settings } = convertedSettings(this.#section, this.#context.confidential);
    const keys = this.#syncKeys();
    const creates = settings.preference !== 'update-only';
    const needed = new Set([...keys.value, ...(creates ? ['username', 'email'] : [])]);
    for (const [id, mapped] of this.#mapping()) this.#convertField(id, mapped, needed);
    for (const field of needed) this.#fillUp(field);
    return {
      ...settings,
      preset: this.#preset,
      syncKeys: this.#keysWithRule(keys),
      fields: this.#fields,
      kept: [...kept, ...this.#kept].sort((left, right) => (left.line ?? Infinity) - (right.line ?? Infinity)),
    };
  }

  /** Field specs by internal id, as the connector puts them together (lib/connector.py, `get_field_mappings`). */
  #mapping(): Map<string, Mapped> {
    // Of the connector's own (connectors/azureusers.py, `FieldMappings`).
    const mapping = new Map<string, Mapped>([['PERMISSIONS_ID', { spec: new Map([['setting', 'default_role']]), entry: undefined }]]);
    for (const [id, source] of this.#usesInstance ? (this.#context.instance?.sources ?? []) : []) {
      mapping.set(id, { spec: laidOver(mapping.get(id)?.spec, new Map([['source', source]])), entry: undefined });
    }
    for (const [id, { spec, ...written }] of this.#written()) mapping.set(id, { spec: laidOver(mapping.get(id)?.spec, spec), ...written });
    return mapping;
  }

  /** What the section itself says of each field. */
  #written(): Map<string, Mapped> {
    const specs = new Map<string, Mapped>();
    for (const entry of [...this.#section.entries.values()].filter(isMapping)) {
      const { id, ...written } = readSpec(entry);
      const before = specs.get(id)?.entry;
      if (before !== undefined) this.#keep(before, `line ${entry.line} maps the same field, which is what counts`);
      specs.set(id, { spec: new Map(), entry, ...written });
    }
    return specs;
  }

  #convertField(id: string, mapped: Mapped, needed: ReadonlySet<string>): void {
    const field = fieldName(id, this.#context.instance?.fields);
    if (field === undefined) {
      this.#keepMapped(id, mapped, this.#whyUnknown());
      return;
    }
    if (this.#fields.has(field)) {
      this.#keepMapped(id, mapped, `\`${this.#context.confidential.masked(field)}\` has a rule already`);
      return;
    }
    const presetPath = this.#preset === 'entra' ? this.#presetPaths.get(field) : undefined;
    const converted = this.#ruleOf(field, mapped, presetPath);
    if (converted.kind === 'rule') {
      this.#fields.set(field, { rule: converted.rule, ...this.#remarkOn(mapped.spec, converted.remark) });
    } else if (converted.kind === 'none') {
      this.#keepMapped(id, mapped, `${converted.why}${this.#consequence(field, presetPath, needed)}`);
    } else if (presetPath !== undefined) {
      // The connector would not look at the property that the preset names.
      this.#fields.set(field, { rule: null });
    }
  }

  #ruleOf(field: string, { spec, why }: Mapped, presetPath: string | undefined): ConvertedRule {
    const { custom, confidential } = this.#context;
    if (why !== undefined) return { kind: 'none', why };
    if (!isWritable(field)) return { kind: 'none', why: `a sync file cannot write \`${confidential.masked(field)}\`` };
    const settings = new Map([...this.#section.entries.values()].map(({ key, value }) => [key, value]));
    return convertedRule(spec, { field, settings, custom, presetPath, confidential });
  }

  #remarkOn(spec: FieldSpec, remark: string | undefined): Pick<FieldLine, 'remark'> {
    const isGuess = this.#preset === 'entra' && !spec.has('source') && (spec.has('setting') || spec.has('hardcoded'));
    const guess = 'Where the instance maps this field as well, the connector used that; --url tells.';
    const remarks = [...(remark === undefined ? [] : [remark]), ...(isGuess ? [guess] : [])];
    return remarks.length === 0 ? {} : { remark: remarks.join(' ') };
  }

  #consequence(field: string, presetPath: string | undefined, needed: ReadonlySet<string>): string {
    if (needed.has(field) && this.#presetPaths.has(field)) return `. Until you write a rule for \`${field}\`, it is filled as in the preset`;
    if (presetPath === undefined) return '';
    this.#fields.set(field, { rule: null });
    return `. Until you write a rule for \`${field}\`, it is left alone`;
  }

  /** Oomnitza creates nobody without a username and an email address, and a sync key needs a rule. */
  #fillUp(field: string): void {
    const path = this.#presetPaths.get(field);
    if (this.#hasRule(field) || path === undefined) return;
    this.#fields.set(field, { rule: path, remark: 'Not mapped in the connector in a way that could be converted, but needed here.' });
  }

  #keysWithRule(keys: Noted<readonly string[]>): Noted<readonly string[]> {
    const ruled = keys.value.filter((field) => this.#hasRule(field));
    if (ruled.length === keys.value.length) return keys;
    const note = `Nothing gives ${keys.value.filter((field) => !ruled.includes(field)).join(' and ')} of sync_field a value. Check this key.`;
    if (ruled.length > 0) return { value: ruled, note };
    this.#fillUp('username');
    return { value: ['username'], note };
  }

  #hasRule(field: string): boolean {
    const line = this.#fields.get(field);
    return line === undefined ? this.#preset === 'entra' && this.#presetPaths.has(field) : line.rule !== null;
  }

  #whyUnknown(): string {
    const { instance } = this.#context;
    if (instance === undefined) return 'only the instance knows which field this is; run again with --url';
    return instance.fields === undefined ? 'the instance does not tell which field this is' : 'the instance has no field with this id';
  }

  #syncKeys(): Noted<readonly string[]> {
    const entry = this.#section.entries.get('sync_field');
    const ids = (entry?.value ?? '').split(',').map((id) => id.trim().toUpperCase());
    const written = ids.filter((id) => id !== '');
    const fields = written.map((id) => fieldName(id, this.#context.instance?.fields));
    const known = [...new Set(fields.filter((field) => field !== undefined))].filter(isWritable);
    if (entry !== undefined && fields.includes(undefined)) this.#keep(entry, `of one or more fields ${this.#whyUnknown()}`);
    if (known.length > 0) return { value: known };
    const note = written.length > 0 ? 'None of the fields in sync_field is known.' : 'config.ini names no sync_field; the connector then leaves the choice to the instance.';
    return { value: ['username'], note: `${note} Check this key.` };
  }

  #keep(entry: IniEntry, why: string): void {
    this.#kept.push(keptEntry(entry, why, this.#context.confidential));
  }

  #keepMapped(id: string, { spec, entry }: Mapped, why: string): void {
    if (entry !== undefined) this.#keep(entry, why);
    else this.#kept.push({ line: undefined, text: [this.#context.confidential.masked(`${String(spec.get('source'))} -> ${id}`)], why });
  }
}
