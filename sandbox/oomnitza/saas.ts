import { isRecord, json, segments, type ServiceAnswer, type ServiceRequest } from '../http/exchange.ts';
import { OomnitzaError } from './errors.ts';
import type { OomnitzaInstance, Right } from './instance.ts';

/** A SaaS application whose users an instance keeps. */
export interface SaasApplication {
  /** What each user is called there, by `user_id` of the person; null where that is not stored. */
  readonly users: Map<string, string | null>;
  /** Accounts that belong to no person, as far as Oomnitza knows. */
  readonly strangers: string[];
}

interface SaasCall {
  readonly route: string;
  readonly right: Right;
  readonly handle: () => ServiceAnswer;
}

const ROUTE = '/api/v3/saas/{application}/users';

/** How a request about the users of SaaS applications is answered; undefined for any other. */
export function saasCallFor(instance: OomnitzaInstance, request: ServiceRequest): SaasCall | undefined {
  const [api, version, saas, id = '', users, userId, ...deeper] = segments(request.path) ?? [];
  if (api !== 'api' || version !== 'v3' || saas !== 'saas' || users !== 'users' || deeper.length > 0) return undefined;
  const application = (): SaasApplication => {
    const found = instance.saas.get(id);
    if (found === undefined) throw new OomnitzaError(404, `SaaS application '${id}' not found.`);
    return found;
  };
  const { method } = request;
  if (userId === undefined && method === 'GET') return { route: ROUTE, right: 'read', handle: () => list(instance, application(), request) };
  if (userId === undefined && method === 'POST') return { route: ROUTE, right: 'write', handle: () => assign(instance, application(), request) };
  if (userId !== undefined && method === 'POST') return { route: `${ROUTE}/{user_id}`, right: 'write', handle: () => store(application(), userId, request) };
  return undefined;
}

function list({ behaviour }: OomnitzaInstance, { users, strangers }: SaasApplication, { query }: ServiceRequest): ServiceAnswer {
  const all = [
    ...[...users].map(([userId, externalId], index) => ({
      saas_user_id: index + 1,
      ...(behaviour.saasUsers === 'flat' ? { user_id: userId } : { user: { user_id: userId } }),
      user_external_id: externalId,
    })),
    ...strangers.map((name) => ({ saas_user_id: name, ...(behaviour.saasUsers === 'flat' ? { user_id: null } : { user: null }), user_external_id: name })),
  ];
  const skip = Number(query.get('skip') ?? 0);
  const page = all.slice(skip, skip + Math.min(Number(query.get('limit') ?? 200), behaviour.pageLimit));
  return json(ROUTE, 200, page, behaviour.totals ? { 'X-Total-Count': String(all.length) } : {});
}

function assign(instance: OomnitzaInstance, { users }: SaasApplication, { content, malformed }: ServiceRequest): ServiceAnswer {
  const elements: readonly unknown[] = !malformed && Array.isArray(content) ? content : [];
  const wanted = elements.filter(isRecord);
  const isGood = wanted.every(({ user_id: userId, assign: mark, ...rest }) => typeof userId === 'string' && mark === true && Object.keys(rest).length === 0);
  if (wanted.length === 0 || wanted.length !== elements.length || !isGood) throw new OomnitzaError(400, "The body has to be a list of objects with 'user_id' and 'assign'.");
  const told = wanted.map((element) => {
    const userId = String(element['user_id']);
    const problem = !instance.records.has(userId) ? `User '${userId}' not found.` : users.has(userId) ? `User '${userId}' is assigned already.` : null;
    if (problem === null) users.set(userId, null);
    else if (instance.behaviour.saasRefusals === 'status') throw new OomnitzaError(400, problem);
    return { user_id: userId, error: problem };
  });
  return json(ROUTE, 200, told);
}

function store({ users }: SaasApplication, userId: string, { content, malformed }: ServiceRequest): ServiceAnswer {
  if (malformed || !isRecord(content) || Object.keys(content).join() !== 'user_external_id') throw new OomnitzaError(400, "The body has to be an object with 'user_external_id'.");
  const externalId = content['user_external_id'];
  if (typeof externalId !== 'string' || externalId === '' || externalId.length > 256) throw new OomnitzaError(400, "'user_external_id' has to be a text of at most 256 characters.");
  if (!users.has(userId)) throw new OomnitzaError(404, `User '${userId}' is not assigned.`);
  users.set(userId, externalId);
  return json(`${ROUTE}/{user_id}`, 200, { user_id: userId, user_external_id: externalId });
}
