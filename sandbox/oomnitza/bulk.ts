import { isRecord, json, type ServiceAnswer, type ServiceRequest } from '../http/exchange.ts';
import type { BulkPortion, BulkRecord, BulkState } from './bulk-portion.ts';
import { processRecord } from './bulk-processing.ts';
import { OomnitzaError } from './errors.ts';
import type { OomnitzaInstance, Right } from './instance.ts';

const MOST_RECORDS = 100;
const STATES = ['updated', 'added', 'failed', 'skipped', 'unchanged', 'canceled', 'processing'] as const;
const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/;

/** How a request to this API is answered. */
interface BulkCall {
  readonly route: string;
  readonly right: Right;
  readonly handle: () => ServiceAnswer;
}

/**
 * The bulk API of the vendor's connector. Calls are only taken in; their records are processed once the portion is
 * finalized, and answers say nothing of them. The run logs do.
 */
export class BulkApi {
  readonly #instance: OomnitzaInstance;

  constructor(instance: OomnitzaInstance) {
    this.#instance = instance;
  }

  /** @param path its segments decoded, without the first slash */
  callFor(request: ServiceRequest, path: string): BulkCall | undefined {
    if (!this.#instance.behaviour.bulk) return undefined;
    const { method } = request;
    const [, , area = '', name = '', last = '', ...deeper] = path.split('/');
    if (!path.startsWith('api/v3/') || deeper.length > 0) return undefined;
    const call = (route: string, right: Right, handle: () => unknown): BulkCall => ({ route, right, handle: () => json(route, 200, handle()) });
    if (area === 'bulk' && method === 'POST' && name === '') return call('/api/v3/bulk', 'write', () => this.#takeIn(request));
    if (area === 'bulk' && method === 'POST' && last === 'finalize') return call('/api/v3/bulk/{portion}/finalize', 'write', () => this.#finalize(name));
    if (area === 'bulk' && method === 'GET' && name !== '' && last === '') return call('/api/v3/bulk/{portion}', 'read', () => ({ canceled: this.#portion(name).canceled }));
    if (area !== 'connector_run_logs' || method !== 'GET') return undefined;
    if (name === 'connectors' && last !== '') return call('/api/v3/connector_run_logs/connectors/{id}', 'read', () => this.#log(last));
    return name.startsWith('connector_') && last === '' ? call('/api/v3/connector_run_logs/{connector}', 'read', () => this.#runs(name)) : undefined;
  }

  #takeIn(request: ServiceRequest): unknown {
    const { content } = request;
    if (request.malformed || !isRecord(content)) throw new OomnitzaError(400, 'The body has to be a JSON object.');
    const { connector_name: connector, portion: id, records, sync_field: syncField, insert_only: insertOnly, update_only: updateOnly } = content;
    const wrong = [
      ...(typeof connector === 'string' && connector !== '' ? [] : ['connector_name']),
      ...(typeof content['connector_version'] === 'string' ? [] : ['connector_version']),
      ...(typeof id === 'string' && UUID.test(id) ? [] : ['portion']),
      ...(content['data_type'] === 'users' ? [] : ['data_type']),
      ...(typeof insertOnly === 'boolean' && typeof updateOnly === 'boolean' && !(insertOnly && updateOnly) ? [] : ['insert_only and update_only']),
      ...(content['error'] === null ? [] : ['error']),
      ...(content['test_run'] === false ? [] : ['test_run']),
      ...(isNames(syncField) && syncField.length > 0 ? [] : ['sync_field']),
      ...(Array.isArray(records) && records.length <= MOST_RECORDS && records.every(isRecord) ? [] : ['records']),
    ];
    if (wrong.length > 0) throw new OomnitzaError(400, ...wrong.map((name) => `'${name}' is not valid.`));
    const portion = this.#open(String(id), String(connector));
    const ignoreRestriction = request.headers['oomnitza-ignore-meta-restriction'] === '1';
    for (const record of Array.isArray(records) ? records.filter(isRecord) : []) {
      const how = { syncField: isNames(syncField) ? syncField : [], insertOnly: insertOnly === true, updateOnly: updateOnly === true, ignoreRestriction };
      portion.records.push({ ...how, content: record, state: 'processing', words: '' });
    }
    return {};
  }

  #open(id: string, name: string): BulkPortion {
    const connector = `connector_${name.toLowerCase()}`;
    const portion = this.#instance.portions.get(id) ?? { id: String(this.#instance.portions.size + 7001), connector, records: [], finalized: false, canceled: false, polls: 0 };
    if (portion.finalized) throw new OomnitzaError(400, 'The portion is finalized.');
    this.#instance.portions.set(id, portion);
    return portion;
  }

  #finalize(id: string): unknown {
    this.#portion(id).finalized = true;
    return {};
  }

  #portion(id: string): BulkPortion {
    const portion = this.#instance.portions.get(id);
    if (portion === undefined) throw new OomnitzaError(404, 'Portion not found.');
    return portion;
  }

  #runs(connector: string): unknown {
    const runs = [...this.#instance.portions].filter(([, portion]) => portion.connector === connector);
    return runs.toReversed().map(([uuid, { id, records }]) => ({
      portion_id: id,
      portion_correlation_id: uuid,
      status: countOf(records, 'processing') > 0 ? 'PROCESSING' : 'FINISHED',
      added_records_count: countOf(records, 'added'),
      updated_records_count: countOf(records, 'updated'),
      skipped_records_count: countOf(records, 'skipped'),
      error_logs_count: countOf(records, 'failed'),
    }));
  }

  #log(id: string): unknown {
    const portion = [...this.#instance.portions.values()].find((candidate) => candidate.id === id);
    if (portion === undefined) throw new OomnitzaError(404, 'Run not found.');
    const { bulkPolls, bulkLogs } = this.#instance.behaviour;
    if (portion.canceled || (portion.finalized && portion.polls++ >= bulkPolls)) {
      for (const record of portion.records) processRecord(this.#instance, portion, record);
    }
    const lines = (state: BulkState): unknown[] =>
      portion.records.filter((record) => record.state === state && record.words !== '').map(({ content, words }) => (bulkLogs === 'objects' ? { record: content, message: words } : `${shown(content)}: ${words}`));
    return {
      objects: Object.fromEntries(STATES.map((state) => [state, countOf(portion.records, state)])),
      logs: bulkLogs === 'none' ? {} : { ...Object.fromEntries(STATES.map((state) => [state, lines(state)])), 'Fatal Error': [] },
    };
  }
}

function isNames(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((name) => typeof name === 'string');
}

function countOf(records: readonly BulkRecord[], state: BulkState): number {
  return records.filter((record) => record.state === state).length;
}

function shown(content: BulkRecord['content']): string {
  return Object.entries(content).map(([id, value]) => `${id}=${String(value)}`).join(', ');
}
