import type { FieldValue } from '../field-value.ts';

/** A directory user with whatever properties were asked for. */
export type SampledUser = Readonly<Record<string, unknown>>;

/** A person as Oomnitza has it; values by the fields that were asked for. */
export interface KnownRecord {
  readonly username: string;
  readonly archived: boolean;
  readonly values: readonly FieldValue[];
}

/** Somebody whom both sides have. */
export interface Pair {
  readonly user: SampledUser;
  readonly values: readonly FieldValue[];
}

/** Finds the people whom both sides have, by mail address and user name. */
export class PeopleFinder {
  readonly #byMail = new Map<string, SampledUser | undefined>();
  readonly #byLogin = new Map<string, SampledUser | undefined>();

  constructor(users: Iterable<SampledUser>) {
    for (const user of users) {
      note(this.#byMail, user['mail'], user);
      note(this.#byLogin, user['userPrincipalName'], user);
    }
  }

  /** Whether an answer of Oomnitza is about one of the users. */
  isWanted(record: object): boolean {
    return this.#userOf(Reflect.get(record, 'email'), Reflect.get(record, 'username')) !== undefined;
  }

  /**
   * Everybody whom exactly one record in use is about: with several, nobody knows which of them is right.
   *
   * @param emailColumn which of the values is the mail address
   */
  pairs(records: Iterable<KnownRecord>, emailColumn: number): readonly Pair[] {
    const found = new Map<SampledUser, Pair | undefined>();
    for (const { username, archived, values } of records) {
      const user = archived ? undefined : this.#userOf(values[emailColumn], username);
      if (user !== undefined) found.set(user, found.has(user) ? undefined : { user, values });
    }
    return [...found.values()].filter((pair) => pair !== undefined);
  }

  #userOf(email: unknown, username: unknown): SampledUser | undefined {
    const [mail, login] = [folded(email), folded(username)];
    return this.#byMail.get(mail) ?? this.#byLogin.get(login) ?? this.#byLogin.get(mail) ?? this.#byMail.get(login);
  }
}

/** A key that two users share means neither. */
function note(index: Map<string, SampledUser | undefined>, key: unknown, user: SampledUser): void {
  const name = folded(key);
  if (name !== '') index.set(name, index.has(name) ? undefined : user);
}

/** Mail addresses and user names are the same in any letter case. */
export function folded(value: unknown): string {
  return typeof value === 'string' ? value.trim().toLowerCase() : '';
}
