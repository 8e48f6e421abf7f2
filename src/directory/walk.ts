import { SyncError } from '../errors.ts';
import type { HttpAnswer } from '../http/index.ts';
import { reserve } from '../reserved.ts';
import { graphErrorBody } from './graph-failure.ts';
import type { Graph } from './graph.ts';
import type { Pace } from './pace.ts';
import type { Need } from './permissions.ts';
import { refusal } from './refusal.ts';

/** What every entry of a list has. */
export interface Entry {
  readonly id: string;
  readonly [property: string]: unknown;
}

/** The answer to the question for a first page. */
export interface FirstAnswer {
  readonly answer: HttpAnswer;
  /** Which every further page has to be asked for with: Graph does not carry them over into its links. */
  readonly headers: Readonly<Record<string, string>>;
  /** Whether Graph was asked how many there are: what it says of itself may mean anything. */
  readonly isCounted: boolean;
}

/** A list of Graph, page by page. */
export interface List {
  readonly graph: Graph;
  /** What is in it, such as `users`. */
  readonly what: string;
  /** Permissions that it takes. */
  readonly needs: readonly Need[];
  readonly pace: Pace;
  /** Once so many entries were given, no further page is asked for; without it, all are. */
  readonly most?: number;
  /** Asks for the first page; of a 400 that is the query's fault it makes a failure itself. */
  first(): Promise<FirstAnswer>;
}

/** Thrown inside a walk that has to start again: Graph lost its place, or gave less than it had counted. */
class StartAgain extends Error {
  /** For a sentence on the list: "Microsoft Graph …". */
  readonly happened: string;

  constructor(happened: string, detail: string) {
    super(`Microsoft Graph ${happened}${detail}; reading again from the start.`);
    this.happened = happened;
  }
}

/** How often a list is walked through before that is given up. */
const mostWalks = 4;

/**
 * Walks through lists from the start as often as it takes to reach the end.
 *
 * @param walk a new walk from the start
 * @returns its pages; `first` where a walk begins (again), and whatever was given before is void
 */
export async function* toTheEnd<Page>(walk: () => AsyncGenerator<Page>, notice: (sentence: string) => void): AsyncGenerator<{ readonly page: Page; readonly first: boolean }> {
  for (let walks = 1; ; walks++) {
    try {
      let first = true;
      for await (const page of walk()) {
        yield { page, first };
        first = false;
      }
      return;
    } catch (thrown) {
      if (!(thrown instanceof StartAgain)) throw thrown;
      if (walks === mostWalks) {
        throw new SyncError('directory-incomplete', `Microsoft Graph ${thrown.happened} ${mostWalks} times.`, {
          hint: 'Run again at a quieter time, or narrow the list with `source.filter`.',
        });
      }
      notice(thrown.message);
    }
  }
}

/**
 * One walk through a list: its entries page by page, each of them once. While a page is being used the next one is already
 * on its way. A walk that ends without an error has given all that Graph counted, or as many as the list is wanted for.
 */
export async function* walkOnce(list: List): AsyncGenerator<readonly Entry[]> {
  const seen = new Set<string>();
  const links = new Set<string>();
  const { most = Infinity } = list;
  const { answer, headers, isCounted } = await list.first();
  const counted = isCounted ? countIn(answer.json) : 0;
  let page: Page | undefined = await pageOf(list, answer);
  while (page !== undefined) {
    const { entries, next }: Page = page;
    const fresh = entries.filter(({ id }) => !seen.has(id) && seen.add(id));
    if (seen.size >= most) {
      yield fresh;
      return;
    }
    const underway: Promise<Page> | undefined = next === undefined ? undefined : nextPage(list, next, headers, links);
    // When the consumer stops early nobody awaits this page; when it goes on, the await below reports the failure.
    underway?.catch(() => undefined);
    yield fresh;
    page = await underway;
  }
  if (counted > seen.size) throw new StartAgain(`gave fewer ${list.what} than it counted`, ` (${seen.size} of ${counted})`);
}

interface Page {
  readonly entries: readonly Entry[];
  readonly next: URL | undefined;
}

/** Only the first page has it. */
function countIn(json: unknown): number {
  const count: unknown = Reflect.get(Object(json), '@odata.count');
  return typeof count === 'number' ? count : 0;
}

async function nextPage(list: List, link: URL, headers: FirstAnswer['headers'], links: Set<string>): Promise<Page> {
  if (links.has(link.href)) {
    throw new SyncError('directory-incomplete', `Microsoft Graph gave the same next page twice, so the list of ${list.what} would never end.`, {
      hint: 'Run again later; this is a fault of the service.',
    });
  }
  links.add(link.href);
  await list.pace();
  const answer = await list.graph.get({ link, headers });
  if (answer.status === 400 && graphErrorBody(answer).code === 'Directory_ExpiredPageToken') {
    throw new StartAgain(`lost its place in the list of ${list.what}`, ' (Directory_ExpiredPageToken)');
  }
  return pageOf(list, answer);
}

async function pageOf({ graph, what, needs }: List, answer: HttpAnswer): Promise<Page> {
  if (answer.status !== 200) throw await refusal(graph, answer, `reading ${what}`, needs);
  const { json } = answer;
  if (!isPage(json)) {
    throw new SyncError('directory-incomplete', `Microsoft Graph answered with something that is no page of ${what}.`, {
      hint: 'Check `graph-url`; if a proxy stands between, look at what it answers.',
    });
  }
  return { entries: json.value, next: nextLink(json['@odata.nextLink'], graph.origin) };
}

function isPage(json: unknown): json is { value: Entry[]; '@odata.nextLink'?: unknown } {
  return typeof json === 'object' && json !== null && !('error' in json) && 'value' in json && Array.isArray(json.value) && json.value.every(isEntry);
}

function isEntry(value: unknown): value is Entry {
  return typeof value === 'object' && value !== null && 'id' in value && typeof value.id === 'string' && value.id !== '';
}

/** The token goes along with every page, so a link to another host is never followed. */
function nextLink(link: unknown, origin: string): URL | undefined {
  if (link === undefined || link === null) return undefined;
  const url = typeof link === 'string' ? URL.parse(link) : null;
  if (url?.origin !== origin) {
    throw new SyncError('directory-incomplete', `Microsoft Graph pointed to a next page on another host (${url === null ? 'no valid link' : reserve(url.host)}).`, {
      hint: 'Check `graph-url`: it must be the domain that Graph itself uses in its links.',
    });
  }
  return url;
}
