import { randomUUID } from 'node:crypto';

interface KnownError {
  readonly status: number;
  readonly error: string;
  readonly text: (subject: string) => string;
}

/** Error numbers of the authority that the sandbox can answer, with the words Microsoft uses for them. */
const KNOWN: Readonly<Record<number, KnownError>> = {
  50027: entry(400, 'invalid_request', () => 'JWT token is invalid or malformed.'),
  50033: entry(400, 'temporarily_unavailable', () => 'A transient error occurred. The request may be retried.'),
  530032: entry(400, 'invalid_grant', () => 'Blocked by security policy.'),
  530035: entry(400, 'invalid_grant', () => 'Access has been blocked by security defaults.'),
  53003: entry(400, 'invalid_grant', () => 'Access has been blocked by Conditional Access policies. The access policy does not allow token issuance.'),
  70011: entry(400, 'invalid_scope', (scope) => `The provided request must include a 'scope' input parameter. The provided value for the input parameter 'scope' is not valid. The scope ${scope} is not valid.`),
  70021: entry(400, 'invalid_request', (presented) => `No matching federated identity record found for presented assertion. ${presented}`),
  700011: entry(400, 'unauthorized_client', (app) => `Application with identifier '${app}' was not found in the directory.`),
  700021: entry(401, 'invalid_client', () => "Client assertion application identifier doesn't match 'client_id' parameter."),
  700023: entry(401, 'invalid_client', (audience) => `Client assertion audience claim '${audience}' does not match Realm issuer.`),
  700024: entry(401, 'invalid_client', () => 'Client assertion is not within its valid time range.'),
  700027: entry(401, 'invalid_client', (reason) => `Client assertion contains an invalid signature. [Reason - ${reason}]`),
  700211: entry(401, 'invalid_client', (issuer) => `No matching federated identity record found for presented assertion issuer '${issuer}'.`),
  700212: entry(401, 'invalid_client', (audience) => `No matching federated identity record found for presented assertion audience '${audience}'.`),
  700213: entry(401, 'invalid_client', (subject) => `No matching federated identity record found for presented assertion subject '${subject}'.`),
  7002138: entry(401, 'invalid_client', (subject) => `No matching federated identity record found for presented assertion subject '${subject}'. The subject matches a record but for the case of its letters.`),
  90006: entry(400, 'temporarily_unavailable', () => 'The service is temporarily unavailable. Please retry later.'),
  90012: entry(400, 'temporarily_unavailable', () => 'The request to the service timed out.'),
  90055: entry(400, 'temporarily_unavailable', () => 'The request was throttled by the tenant. Please retry later.'),
  90038: entry(400, 'invalid_request', (tenant) => `The tenant '${tenant}' belongs to another national cloud, to which the request was redirected.`),
  900382: entry(400, 'invalid_request', () => 'Confidential client is not supported in a cross cloud request.'),
  90002: entry(400, 'invalid_request', (tenant) => `Tenant '${tenant}' not found. Check to make sure you have the correct tenant ID and are signing into the correct cloud. Check with your subscription administrator, this may happen if there are no active subscriptions for the tenant.`),
  90033: entry(503, 'temporarily_unavailable', () => 'A transient error has occurred. Please try again.'),
  500011: entry(400, 'invalid_resource', (resource) => `The resource principal named ${resource} was not found in the tenant named Contoso. This can happen if the application has not been installed by the administrator of the tenant or consented to by any user in the tenant. You might have sent your authentication request to the wrong tenant.`),
  700016: entry(400, 'unauthorized_client', (app) => `Application with identifier '${app}' was not found in the directory 'Contoso'. This can happen if the application has not been installed by the administrator of the tenant or consented to by any user in the tenant. You may have sent your authentication request to the wrong tenant.`),
  900561: entry(400, 'invalid_request', (method) => `The endpoint only accepts POST requests. Received a ${method} request.`),
  900144: entry(400, 'invalid_request', (parameter) => `The request body must contain the following parameter: '${parameter}'.`),
  7000215: entry(401, 'invalid_client', (app) => `Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the client secret ID, for a secret added to app '${app}'.`),
  7000216: entry(401, 'invalid_client', () => `'client_assertion', 'client_secret' or 'request' is required for the 'client_credentials' grant type.`),
  7000222: entry(401, 'invalid_client', (app) => `The provided client secret keys for app '${app}' are expired. Visit the Azure portal to create new keys for your app: https://aka.ms/NewClientSecret, or consider using certificate credentials for added security: https://aka.ms/certCreds.`),
  70003: entry(400, 'unsupported_grant_type', (grant) => `The app requested an unsupported grant type '${grant}'.`),
};

function entry(status: number, error: string, text: KnownError['text']): KnownError {
  return { status, error, text };
}

/** A refusal of the authority, status and body, as Microsoft shapes it. */
export interface AuthorityRefusal {
  readonly status: number;
  readonly body: {
    readonly error: string;
    readonly error_description: string;
    readonly error_codes: readonly number[];
    readonly timestamp: string;
    readonly trace_id: string;
    readonly correlation_id: string;
    readonly error_uri: string;
  };
}

/**
 * The refusal with this number, also to be spread into a fault: `faults.add({ service: 'authority', ...authorityError(53003) })`.
 * @param number - the digits after `AADSTS`
 * @param subject - the tenant, application, scope or resource it is about
 */
export function authorityError(number: number, subject = '', correlationId: string = randomUUID()): AuthorityRefusal {
  const known = KNOWN[number] ?? entry(400, 'invalid_request', () => 'The request is refused.');
  const timestamp = new Date().toISOString().replace('T', ' ').replace(/\.\d+Z$/, 'Z');
  const traceId = randomUUID();
  return {
    status: known.status,
    body: {
      error: known.error,
      error_description:
        `AADSTS${number}: ${known.text(subject)} ` +
        `Trace ID: ${traceId} Correlation ID: ${correlationId} Timestamp: ${timestamp}`,
      error_codes: [number],
      timestamp,
      trace_id: traceId,
      correlation_id: correlationId,
      error_uri: `https://login.microsoftonline.com/error?code=${number}`,
    },
  };
}
