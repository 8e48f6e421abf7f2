import type { DirectoryUser, DirectoryValue } from '../entra/directory-user.ts';
import type { EntraTenant } from '../entra/tenant.ts';
import { badRequest, unsupportedQuery } from './errors.ts';
import { FilterTokens, type FilterToken } from './filter-tokens.ts';
import { USER_PROPERTIES, type PropertyType } from './user-properties.ts';

/** A compiled `$filter`. */
export interface UserFilter {
  readonly holds: (user: DirectoryUser) => boolean;
  /** Why it needs `ConsistencyLevel: eventual` and `$count=true`; undefined when it does not. */
  readonly advancedFor: string | undefined;
}

type Condition = (user: DirectoryUser) => boolean;
type Literal = string | boolean | number | null;
type Ordering = 'eq' | 'ne' | 'ge' | 'le';

interface Property {
  readonly name: string;
  readonly type: PropertyType;
  readonly read: (user: DirectoryUser) => DirectoryValue;
}

/**
 * Compiles the part of OData's filter language that Graph supports on scalar user properties: `eq`, `ne`, `ge`, `le`,
 * `in`, `not`, `and`, `or`, parentheses, `startsWith`, `endsWith`.
 * @throws GraphError 400 for what is wrong, unknown or not supported
 */
export function compileFilter(text: string, tenant: EntraTenant): UserFilter {
  return new FilterCompiler(text, tenant).compile();
}

class FilterCompiler {
  readonly #tokens: FilterTokens;
  readonly #tenant: EntraTenant;
  #advancedFor: string | undefined;

  constructor(text: string, tenant: EntraTenant) {
    this.#tokens = new FilterTokens(text);
    this.#tenant = tenant;
  }

  compile(): UserFilter {
    const holds = this.#either();
    const rest = this.#tokens.peek();
    if (rest !== undefined) throw this.#tokens.error(rest);
    return { holds, advancedFor: this.#advancedFor };
  }

  #either(): Condition {
    let condition = this.#both();
    while (this.#tokens.takeWord('or')) {
      const [left, right] = [condition, this.#both()];
      condition = (user) => left(user) || right(user);
    }
    return condition;
  }

  #both(): Condition {
    let condition = this.#negatable();
    while (this.#tokens.takeWord('and')) {
      const [left, right] = [condition, this.#negatable()];
      condition = (user) => left(user) && right(user);
    }
    return condition;
  }

  #negatable(): Condition {
    if (!this.#tokens.takeWord('not')) return this.#single();
    this.#needAdvanced('Operator \'not\' is not supported because the required parameters might be missing.');
    const condition = this.#negatable();
    return (user) => !condition(user);
  }

  #single(): Condition {
    if (this.#tokens.takeMark('(')) {
      const condition = this.#either();
      this.#tokens.expectMark(')');
      return condition;
    }
    const token = this.#tokens.expect('name');
    const name = token.text.toLowerCase();
    if (this.#tokens.peekMark('(')) {
      if (name === 'startswith' || name === 'endswith') return this.#affix(name);
      throw unsupportedQuery(`Function '${token.text}' is not supported.`);
    }
    return this.#comparison(token);
  }

  #affix(name: 'startswith' | 'endswith'): Condition {
    this.#tokens.expectMark('(');
    const property = this.#property(this.#tokens.expect('name'));
    this.#tokens.expectMark(',');
    const affix = this.#literal();
    this.#tokens.expectMark(')');
    if (property.type !== 'String' || typeof affix !== 'string') {
      throw badRequest(`No function signature for the function with name '${name}' matches the specified arguments.`);
    }
    if (property.name === 'id') throw this.#unsupported(property.name);
    if (name === 'endswith') {
      this.#needAdvanced(`Operator 'endsWith' is not supported because the required parameters might be missing.`);
    }
    const sought = affix.toLowerCase();
    return (user) => {
      const value = property.read(user);
      if (typeof value !== 'string') return false;
      return name === 'startswith' ? value.toLowerCase().startsWith(sought) : value.toLowerCase().endsWith(sought);
    };
  }

  #comparison(token: FilterToken): Condition {
    const property = this.#property(token);
    const operator = this.#tokens.expect('name').text;
    if (operator === 'in') return this.#membership(property);
    if (operator !== 'eq' && operator !== 'ne' && operator !== 'ge' && operator !== 'le') {
      if (operator === 'gt' || operator === 'lt') throw unsupportedQuery(`Operator '${operator}' is not supported.`);
      throw badRequest(`Invalid filter clause: Syntax error: '${operator}' is no operator.`);
    }
    if (property.name === 'id' && operator !== 'eq') throw this.#unsupported(property.name);
    if (operator === 'ne') {
      this.#needAdvanced(`Operator 'ne' is not supported because the required parameters might be missing.`);
    }
    const literal = this.#literal();
    if (literal === null) this.#needAdvanced(`Unsupported or invalid query filter clause specified for property '${property.name}' of resource 'User'.`);
    checkTypes(property, literal);
    return compare(property, operator, literal);
  }

  #membership(property: Property): Condition {
    if (property.name === 'id') throw this.#unsupported(property.name);
    this.#tokens.expectMark('(');
    const conditions: Condition[] = [];
    do {
      const literal = this.#literal();
      checkTypes(property, literal);
      conditions.push(compare(property, 'eq', literal));
    } while (this.#tokens.takeMark(','));
    this.#tokens.expectMark(')');
    if (conditions.length > 15) throw unsupportedQuery('Too many child clauses specified in search filter expression.');
    return (user) => conditions.some((condition) => condition(user));
  }

  #property(token: FilterToken): Property {
    const [name = '', member, ...deeper] = token.text.split('/');
    const known = USER_PROPERTIES.get(name);
    if (known === undefined && !this.#tenant.hasExtension(name)) {
      throw badRequest(`Invalid filter clause: Could not find a property named '${name}' on type 'microsoft.graph.user'.`);
    }
    if (member !== undefined) {
      if (name !== 'onPremisesExtensionAttributes' || deeper.length > 0 || !/^extensionAttribute([1-9]|1[0-5])$/.test(member)) {
        throw this.#unsupported(token.text);
      }
      this.#needAdvanced(`Unsupported or invalid query filter clause specified for property '${token.text}' of resource 'User'.`);
      return { name: token.text, type: 'String', read: (user) => readMember(user[name], member) };
    }
    if (known?.filter === 'never' || known?.type === 'Complex') throw this.#unsupported(name);
    if (known?.filter === 'advanced') {
      this.#needAdvanced(`Unsupported or invalid query filter clause specified for property '${name}' of resource 'User'.`);
    }
    return { name, type: known?.type ?? 'String', read: (user) => user[name] ?? null };
  }

  #literal(): Literal {
    return this.#tokens.expectLiteral();
  }

  #needAdvanced(reason: string): void {
    this.#advancedFor ??= reason;
  }

  #unsupported(property: string): Error {
    return unsupportedQuery(`Unsupported or invalid query filter clause specified for property '${property}' of resource 'User'.`);
  }
}

function readMember(value: DirectoryValue | undefined, member: string): DirectoryValue {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  return Object.entries(value).find(([key]) => key === member)?.[1] ?? null;
}

function checkTypes(property: Property, literal: Literal): void {
  if (literal === null) return;
  const actual = typeof literal === 'boolean' ? 'Boolean' : typeof literal === 'number' ? 'Int32' : 'String';
  const isDate = property.type === 'DateTimeOffset' && typeof literal === 'string' && !Number.isNaN(Date.parse(literal));
  if (actual !== property.type && !isDate) {
    throw badRequest(
      'Invalid filter clause: A binary operator with incompatible types was detected. ' +
        `Found operand types 'Edm.${property.type}' and 'Edm.${actual}' for operator kind 'Equal'.`,
    );
  }
}

function compare(property: Property, operator: Ordering, literal: Literal): Condition {
  const sought = comparable(property, literal);
  return (user) => {
    const value = comparable(property, property.read(user));
    if (operator === 'eq') return value === sought;
    if (operator === 'ne') return value !== sought;
    if (value === null || sought === null) return false;
    return operator === 'ge' ? value >= sought : value <= sought;
  };
}

/** The directory compares text without regard to case, and dates as points in time. */
function comparable(property: Property, value: DirectoryValue): Literal {
  if (typeof value === 'string') return property.type === 'DateTimeOffset' ? Date.parse(value) : value.toLowerCase();
  return typeof value === 'boolean' || typeof value === 'number' ? value : null;
}
