import type { HttpAnswer } from '../http/index.ts';
import type { BulkBatch } from './bulk-record.ts';
import type { Oomnitza } from './client.ts';

/** The form of its payloads is that of the first major version of this action. */
const connectorVersion = '1.0.0';

/** Everything that one run sends by the bulk API, under an id of its own. */
export interface Portion {
  /** Never sent twice: what was carried out is told by nothing but the records. */
  send(batch: BulkBatch): Promise<HttpAnswer>;
  /** Nothing further will be sent. */
  finalize(): Promise<HttpAnswer>;
  /** Whether somebody has cancelled it in Oomnitza. */
  isCancelled(): Promise<boolean>;
}

/** @param id a UUID */
export function openPortion(oomnitza: Oomnitza, id: string, connectorName: string): Portion {
  const path = `/api/v3/bulk/${id}`;
  return {
    send: ({ records, syncField, action }) =>
      oomnitza.call({
        method: 'POST',
        path: '/api/v3/bulk',
        body: {
          connector_name: connectorName,
          connector_version: connectorVersion,
          sync_field: syncField,
          records,
          portion: id,
          data_type: 'users',
          insert_only: action === 'create',
          update_only: action === 'update',
          error: null,
          test_run: false,
        },
        repeatable: false,
        doing: 'sending people by the bulk API',
      }),
    finalize: () => oomnitza.call({ method: 'POST', path: `${path}/finalize`, body: {}, doing: 'finalizing a bulk run' }),
    async isCancelled() {
      const { status, json } = await oomnitza.call({ method: 'GET', path, doing: 'reading the state of a bulk run' });
      const mark: unknown = status === 200 ? Reflect.get(Object(json), 'canceled') : undefined;
      return mark === true || mark === 'true';
    },
  };
}
