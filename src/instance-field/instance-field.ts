/** What a field of a person holds; `unknown` where the instance does not say, or in words that are not known. */
export type FieldType = 'text' | 'integer' | 'number' | 'boolean' | 'date' | 'unknown';

/** One entry of a drop-down. */
export interface FieldOption {
  /** What the API takes. */
  readonly key: string;
  /** What people see. */
  readonly label: string;
}

/** A field of people in an Oomnitza instance, as far as its metadata tell. */
export interface InstanceField {
  readonly name: string;
  /** What people see; `undefined` where the instance does not say. */
  readonly label: string | undefined;
  /** By which the bulk API knows the field; `undefined` where it is not known. */
  readonly internalId: string | undefined;
  readonly type: FieldType;
  /** The most characters that a text may have; `undefined` where it is not known or the field holds no text. */
  readonly maxLength: number | undefined;
  /** Where there are any, other values are refused. */
  readonly options: readonly FieldOption[];
  /** `false` only where the instance says so. */
  readonly editable: boolean;
  /** No two people may have the same value; `undefined` where the instance does not say. */
  readonly unique: boolean | undefined;
  /** `true` only where the instance says that nobody is created without a value, which may be given and for which it has none itself. */
  readonly required: boolean;
}

/** A field of which no more is known than that there is one. */
export function unknownField(name: string): InstanceField {
  return { name, label: undefined, internalId: undefined, type: 'unknown', maxLength: undefined, options: [], editable: true, unique: undefined, required: false };
}

/** The fields of an instance of which no more than the names is known. */
export function unknownFields(names: Iterable<string>): ReadonlyMap<string, InstanceField> {
  return new Map(Array.from(names, (name) => [name, unknownField(name)]));
}
