/**
 * How the API of an instance behaves where its documentation is silent. A client has to work with every choice.
 */
export interface InstanceBehaviour {
  /** `GET /api/v3/users/meta` answers; otherwise 404. */
  metadata: boolean;
  /** Lists carry `X-Total-Count`. */
  totals: boolean;
  /** The most records a page holds, whatever the request asks for. */
  pageLimit: number;
  /** What finds a record in `/api/v3/users/{ident}`. */
  address: 'user_id' | 'username' | 'either';
  /** The probe gives an `X-CSRF-Token`, another to each token, and writes without it are refused. */
  csrf: boolean;
  /** How many calls a token that was given for a password is good for. */
  callsPerToken: number;
  /** How people without a password of their own are turned away: refused, forbidden, or sent to sign in elsewhere. */
  singleSignOn: 401 | 403 | 302;
  /** Whether `eq`, `IN` and `LIKE` distinguish upper from lower case. */
  caseSensitiveFilters: boolean;
  /** How roles are written in answers. */
  roles: 'integer' | 'text';
  /** How booleans are written in answers. */
  booleans: 'boolean' | 'text' | 'digit';
  /** How yes and no are written in the metadata. */
  flags: 'true' | 'True' | '1' | 'boolean';
  /** What the body of a refusal looks like. */
  errors: 'strings' | 'objects' | 'error' | 'message' | 'text';
  /** The bulk API is there; otherwise 404. */
  bulk: boolean;
  /** How often the log of a bulk run is asked for before everything is processed. */
  bulkPolls: number;
  /** How the log of a bulk run tells of single records, if at all. */
  bulkLogs: 'texts' | 'objects' | 'none';
  /** Whether one of several sync fields is enough to find a record, or all have to agree. */
  bulkMatching: 'any' | 'all';
  /** Whether the users of a SaaS application name their people themselves, or in an object inside. */
  saasUsers: 'flat' | 'nested';
  /** How a person who cannot be assigned to a SaaS application is refused: by the status, or beside the others by a 200. */
  saasRefusals: 'status' | 'error';
}

/** The behaviour that the descriptions of the API suggest. */
export const DEFAULT_BEHAVIOUR: InstanceBehaviour = {
  metadata: true,
  totals: true,
  pageLimit: 500,
  address: 'either',
  csrf: false,
  callsPerToken: Infinity,
  singleSignOn: 401,
  caseSensitiveFilters: false,
  roles: 'integer',
  booleans: 'boolean',
  flags: 'true',
  errors: 'strings',
  bulk: true,
  bulkPolls: 1,
  bulkLogs: 'texts',
  bulkMatching: 'any',
  saasUsers: 'flat',
  saasRefusals: 'status',
};
