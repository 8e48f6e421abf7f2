import { OomnitzaError } from './errors.ts';
import { FilterTokens } from './filter-tokens.ts';
import type { OomnitzaInstance } from './instance.ts';
import type { FieldValue, OomnitzaRecord } from './record.ts';
import { compareValues } from './sorted-records.ts';

/** Whether a record satisfies a filter. */
export type RecordCondition = (record: OomnitzaRecord) => boolean;

/**
 * Compiles the SQL-like filter of the lists: `eq`, `gt`, `gte`, `lt`, `lte`, `LIKE`, `IN [..]`, `BETWEEN x AND y`,
 * `IS NULL`, `and`, `or`, parentheses; words in any case.
 * @throws OomnitzaError 400
 */
export function compileFilter(text: string, instance: OomnitzaInstance): RecordCondition {
  return new FilterCompiler(text, instance).compile();
}

class FilterCompiler {
  readonly #tokens: FilterTokens;
  readonly #instance: OomnitzaInstance;

  constructor(text: string, instance: OomnitzaInstance) {
    this.#tokens = new FilterTokens(text);
    this.#instance = instance;
  }

  compile(): RecordCondition {
    const condition = this.#either();
    this.#tokens.expectEnd();
    return condition;
  }

  #either(): RecordCondition {
    let condition = this.#both();
    while (this.#tokens.takeWord('or')) {
      const [left, right] = [condition, this.#both()];
      condition = (record) => left(record) || right(record);
    }
    return condition;
  }

  #both(): RecordCondition {
    let condition = this.#single();
    while (this.#tokens.takeWord('and')) {
      const [left, right] = [condition, this.#single()];
      condition = (record) => left(record) && right(record);
    }
    return condition;
  }

  #single(): RecordCondition {
    if (this.#tokens.takeMark('(')) {
      const condition = this.#either();
      this.#tokens.expectMark(')');
      return condition;
    }
    const name = this.#tokens.expectName();
    if (!this.#instance.fields.has(name)) throw new OomnitzaError(400, `Unknown field '${name}' in filter.`);
    return this.#comparison(name);
  }

  #comparison(name: string): RecordCondition {
    const operator = this.#tokens.expectName().toLowerCase();
    const read = (record: OomnitzaRecord): FieldValue => this.#fold(record[name] ?? null);
    const compare = (record: OomnitzaRecord, value: FieldValue): number => compareLoosely(read(record), value);
    switch (operator) {
      case 'eq': {
        const value = this.#value();
        return (record) => compare(record, value) === 0;
      }
      case 'gt':
      case 'gte':
      case 'lt':
      case 'lte': {
        const value = this.#value();
        return (record) => read(record) !== null && inOrder(operator, compare(record, value));
      }
      case 'like': {
        const pattern = likePattern(String(this.#value()));
        return (record) => pattern.test(String(read(record) ?? ''));
      }
      case 'in': {
        const values = this.#list();
        return (record) => values.some((value) => compare(record, value) === 0);
      }
      case 'between': {
        const low = this.#value();
        this.#tokens.expectWord('and');
        const high = this.#value();
        return (record) => read(record) !== null && compare(record, low) >= 0 && compare(record, high) <= 0;
      }
      case 'is': {
        const negated = this.#tokens.takeWord('not');
        this.#tokens.expectWord('null');
        return (record) => (read(record) === null) !== negated;
      }
      default:
        throw new OomnitzaError(400, `Unknown operator '${operator}' in filter.`);
    }
  }

  #list(): FieldValue[] {
    this.#tokens.expectMark('[');
    const values: FieldValue[] = [];
    do values.push(this.#value());
    while (this.#tokens.takeMark(','));
    this.#tokens.expectMark(']');
    return values;
  }

  #value(): FieldValue {
    return this.#fold(this.#tokens.expectValue());
  }

  #fold(value: FieldValue): FieldValue {
    return typeof value === 'string' && !this.#instance.behaviour.caseSensitiveFilters ? value.toLowerCase() : value;
  }
}

/** A number and its text are the same to a database that converts. */
function compareLoosely(left: FieldValue, right: FieldValue): number {
  if (left === null || right === null) return compareValues(left, right);
  if (typeof left === typeof right) return left === right ? 0 : left < right ? -1 : 1;
  return compareValues(String(left), String(right));
}

function inOrder(operator: 'gt' | 'gte' | 'lt' | 'lte', order: number): boolean {
  switch (operator) {
    case 'gt':
      return order > 0;
    case 'gte':
      return order >= 0;
    case 'lt':
      return order < 0;
    case 'lte':
      return order <= 0;
  }
}

function likePattern(text: string): RegExp {
  const escaped = text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
  return new RegExp(`^${escaped.replaceAll('%', '[^]*').replaceAll('_', '[^]')}$`, 'u');
}
