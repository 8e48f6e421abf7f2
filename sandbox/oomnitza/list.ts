import type { ServiceAnswer, ServiceRequest } from '../http/exchange.ts';
import { OomnitzaError } from './errors.ts';
import { compileFilter } from './filter.ts';
import type { OomnitzaInstance } from './instance.ts';
import type { OomnitzaRecord } from './record.ts';
import { recordWriter } from './values.ts';

const PARAMETERS = new Set(['limit', 'skip', 'sortby', 'filter']);
const DEFAULT_LIMIT = 200;

/** `GET /api/v3/users`: filter, order, pages. A page, once made, is kept until the next write. */
export class RecordListing {
  readonly #instance: OomnitzaInstance;
  #pages = new Map<string, { readonly body: Buffer; readonly total: number }>();
  #state = '';

  constructor(instance: OomnitzaInstance) {
    this.#instance = instance;
  }

  page(request: ServiceRequest): ServiceAnswer {
    // What is sent raw here is refused by the real service's front end.
    if (/[\s"<>[\]]/.test(request.target)) throw new OomnitzaError(400, 'The query is not URL-encoded.');
    for (const name of request.query.keys()) {
      if (!PARAMETERS.has(name)) throw new OomnitzaError(400, `Unknown parameter '${name}'.`);
    }
    const { behaviour, fields, revision } = this.#instance;
    const state = JSON.stringify([revision, fields.size, behaviour]);
    if (state !== this.#state) {
      this.#pages = new Map();
      this.#state = state;
    }
    const key = request.query.toString();
    let page = this.#pages.get(key);
    if (page === undefined) {
      page = this.#make(request.query);
      this.#pages.set(key, page);
    }
    const headers: Record<string, string> = { 'Content-Type': 'application/json; charset=utf-8' };
    if (behaviour.totals) headers['X-Total-Count'] = String(page.total);
    return { route: '/api/v3/users', status: 200, headers, body: page.body };
  }

  #make(query: URLSearchParams): { body: Buffer; total: number } {
    const limit = Math.min(readCount('limit', query.get('limit'), DEFAULT_LIMIT), this.#instance.behaviour.pageLimit);
    const skip = readCount('skip', query.get('skip'), 0);
    if (limit === 0) throw new OomnitzaError(400, `Parameter 'limit' has to be at least 1.`);
    const filter = query.get('filter');
    let records = this.#sorted(query.get('sortby'));
    if (filter !== null) records = records.filter(compileFilter(filter, this.#instance));
    const write = recordWriter(this.#instance.fields.values(), this.#instance.behaviour);
    const shown = records.slice(skip, skip + limit).map(write);
    return { body: Buffer.from(`[${shown.join(',')}]`), total: records.length };
  }

  #sorted(sortby: string | null): readonly OomnitzaRecord[] {
    if (sortby === null) return [...this.#instance.records.values()];
    const [, field = '', direction = 'asc'] = /^(\w+)(?:\s+(asc|desc))?$/i.exec(sortby.trim()) ?? [];
    if (!this.#instance.fields.has(field)) throw new OomnitzaError(400, `Cannot sort by '${sortby}'.`);
    const sorted = this.#instance.sortedBy(field);
    return direction.toLowerCase() === 'desc' ? sorted.toReversed() : sorted;
  }
}

function readCount(name: string, text: string | null, preset: number): number {
  if (text === null) return preset;
  if (!/^\d+$/.test(text)) throw new OomnitzaError(400, `Parameter '${name}' has to be a number.`);
  return Number(text);
}
