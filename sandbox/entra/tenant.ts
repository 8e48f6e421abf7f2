import type { X509Certificate } from 'node:crypto';
import { Random } from '../random.ts';
import { EXTENSION_NAME, USER_PROPERTIES } from '../graph/user-properties.ts';
import type { DirectoryUser, DirectoryValue, UserProperties } from './directory-user.ts';
import type { DirectoryGroup, GroupSketch } from './group.ts';
import type { DeviceProperties, ManagedDevice } from './managed-device.ts';

/** Whose tokens an application takes for its own credential. All three must match exactly. */
export interface FederatedCredential {
  readonly issuer: string;
  readonly subject: string;
  readonly audience: string;
}

/** An application registration with its service principal. */
export interface RegisteredApp {
  readonly clientId: string;
  displayName: string;
  /** Values of client secrets, and when each stops working. */
  readonly secrets: Map<string, Date>;
  /** Uploaded certificates. */
  readonly certificates: X509Certificate[];
  readonly federatedCredentials: FederatedCredential[];
  /** Application permissions granted by an administrator, such as `User.Read.All`. */
  readonly appRoles: Set<string>;
}

/** What an access token stands for. */
export interface AccessToken {
  readonly app: RegisteredApp;
  /** Granted permissions at the time it was issued: Graph reads them from the token. */
  readonly roles: readonly string[];
  /** The resource it is good for, without a closing slash. */
  readonly audience: string;
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
}

/** A simulated Entra tenant: its users, applications and tokens. */
export class EntraTenant {
  readonly tenantId: string;
  /** The first verified domain is the primary one; requests may name the tenant by any. */
  readonly domains: string[] = ['contoso.com', 'contoso.onmicrosoft.com'];
  readonly apps = new Map<string, RegisteredApp>();
  /** Tokens issued and not forgotten. Clear to make Graph refuse them all. */
  readonly tokens = new Map<string, AccessToken>();
  /** Lifetime of the access tokens issued from now on. */
  tokenLifetimeSeconds = 3599;
  /**
   * Answers the discovery document for any tenant, so that a wrong one is refused by the token endpoint: this is what
   * clients meet in Microsoft's own clouds, for which they need no discovery.
   */
  discoverableForAll = false;
  /** Microsoft Entra ID P1 or P2, which reading sign-ins takes. */
  premium = true;
  /** Microsoft Intune. */
  intune = true;
  /** Groups by id. */
  readonly groups = new Map<string, DirectoryGroup>();
  /** Managed devices, in the order in which Graph lists them. */
  readonly devices: ManagedDevice[] = [];
  /** Open extensions by the user's id. */
  readonly openExtensions = new Map<string, readonly DirectoryValue[]>();
  readonly #managers = new Map<string, string>();
  /** Users who were deleted and can still be restored, by id. */
  readonly deletedUsers = new Map<string, DirectoryUser>();
  readonly #users = new Map<string, DirectoryUser>();
  readonly #idByPrincipalName = new Map<string, string>();
  readonly #extensions = new Set<string>();
  readonly #random: Random;
  #revision = 0;

  constructor(seed: number, tenantId = '6f4b1c2e-9d3a-4b57-8c1f-2a7e5d90c346') {
    this.tenantId = tenantId;
    this.#random = new Random(seed ^ 0x7e4a47);
  }

  /** Users by id, in the order in which Graph lists them. */
  get users(): ReadonlyMap<string, DirectoryUser> {
    return this.#users;
  }

  /** Counts the changes of users. */
  get revision(): number {
    return this.#revision;
  }

  get primaryDomain(): string {
    return this.domains[0] ?? 'contoso.com';
  }

  /** Whether a request that names this tenant means this one. */
  isCalled(tenant: string): boolean {
    const name = tenant.toLowerCase();
    return name === this.tenantId || this.domains.includes(name);
  }

  /**
   * Adds a user. What is not given is filled in: id, principal name, display name, given name and surname (from
   * each other), `mail` (the principal name), mail nickname, enabled, a member, created in 2021. All else is null.
   * @throws Error when the principal name is taken or a property is unknown to Graph.
   */
  addUser(given: UserProperties = {}): DirectoryUser {
    const user = Object.freeze(this.#complete(given));
    if (this.#users.has(user.id)) throw new Error(`a user with the id ${user.id} exists`);
    this.#checkName(user);
    this.#learnProperties(given);
    this.#users.set(user.id, user);
    this.#idByPrincipalName.set(user.userPrincipalName.toLowerCase(), user.id);
    this.#revision += 1;
    return user;
  }

  /** Changes properties of a user, found by id or principal name, and returns the user as it is then. */
  updateUser(idOrPrincipalName: string, changes: UserProperties): DirectoryUser {
    const before = this.user(idOrPrincipalName);
    const after: DirectoryUser = Object.freeze({ ...before, ...changes, id: before.id });
    this.#checkName(after);
    this.#learnProperties(changes);
    this.#idByPrincipalName.delete(before.userPrincipalName.toLowerCase());
    this.#idByPrincipalName.set(after.userPrincipalName.toLowerCase(), after.id);
    this.#users.set(after.id, after);
    this.#revision += 1;
    return after;
  }

  /** Deletes a user, found by id or principal name, who then is among the deleted ones. */
  deleteUser(idOrPrincipalName: string): void {
    const user = this.user(idOrPrincipalName);
    this.removeUser(user.id);
    this.deletedUsers.set(user.id, user);
  }

  /** Removes a user, found by id or principal name, without a trace. */
  removeUser(idOrPrincipalName: string): void {
    const user = this.user(idOrPrincipalName);
    this.#idByPrincipalName.delete(user.userPrincipalName.toLowerCase());
    this.#users.delete(user.id);
    this.#revision += 1;
  }

  /** The user with this id or principal name. @throws Error when there is none. */
  user(idOrPrincipalName: string): DirectoryUser {
    const user = this.findUser(idOrPrincipalName);
    if (user === undefined) throw new Error(`the sandbox has no user ${idOrPrincipalName}`);
    return user;
  }

  /** The user with this id or principal name, in any case of letters. */
  findUser(idOrPrincipalName: string): DirectoryUser | undefined {
    const name = idOrPrincipalName.toLowerCase();
    return this.#users.get(name) ?? this.#users.get(this.#idByPrincipalName.get(name) ?? '');
  }

  /** Adds a group whose members are users and other groups, found by id; more can be added to `members` at any time. */
  addGroup({ id = this.#random.guid(), displayName = 'A Group', members = [] }: GroupSketch = {}): DirectoryGroup {
    const group: DirectoryGroup = { id, displayName, members: new Set(members) };
    this.groups.set(id, group);
    this.#revision += 1;
    return group;
  }

  /** The users in a group and in the groups inside of it, each once, in the order of the directory. */
  transitiveUsers(groupId: string): DirectoryUser[] {
    const reached = new Set<string>([groupId]);
    for (const id of reached) for (const member of this.groups.get(id)?.members ?? []) reached.add(member);
    return [...this.#users.values()].filter(({ id }) => reached.has(id));
  }

  /** Adds a device that Intune manages; what is not given is as of a laptop that is in order. */
  addDevice(given: DeviceProperties = {}): ManagedDevice {
    const owner = typeof given.userId === 'string' ? this.#users.get(given.userId) : undefined;
    const device: ManagedDevice = {
      id: this.#random.guid(),
      userId: '',
      userPrincipalName: owner?.userPrincipalName ?? '',
      deviceName: `LAPTOP-${String(this.devices.length + 1).padStart(4, '0')}`,
      operatingSystem: 'Windows',
      osVersion: '10.0.26100.4652',
      complianceState: 'compliant',
      enrolledDateTime: '2025-01-15T09:00:00Z',
      lastSyncDateTime: '2026-01-15T09:00:00Z',
      serialNumber: this.#random.digits(8),
      ...given,
    };
    this.devices.push(device);
    return device;
  }

  /** Gives a user a manager; both are found by id or principal name. */
  setManager(user: string, manager: string): void {
    this.#managers.set(this.user(user).id, this.user(manager).id);
    this.#revision += 1;
  }

  managerOf(id: string): DirectoryUser | undefined {
    return this.#users.get(this.#managers.get(id) ?? '');
  }

  /** Makes a directory or schema extension selectable, as its registration does. */
  registerExtension(name: string): void {
    if (!EXTENSION_NAME.test(name)) throw new Error(`${name} is no name of an extension`);
    this.#extensions.add(name);
  }

  hasExtension(name: string): boolean {
    return this.#extensions.has(name);
  }

  /** The application with this id. @throws Error when there is none. */
  app(clientId: string): RegisteredApp {
    const app = this.apps.get(clientId);
    if (app === undefined) throw new Error(`the sandbox has no application ${clientId}`);
    return app;
  }

  /** Registers an application that may read users. */
  registerApp(clientId: string, secret: string, ...appRoles: string[]): RegisteredApp {
    const app: RegisteredApp = {
      clientId,
      displayName: 'Oomnitza User Sync',
      secrets: new Map([[secret, new Date('2099-12-31T00:00:00Z')]]),
      certificates: [],
      federatedCredentials: [],
      appRoles: new Set(appRoles),
    };
    this.apps.set(clientId, app);
    return app;
  }

  #complete(given: UserProperties): DirectoryUser {
    const id = (text(given.id) ?? this.#random.guid()).toLowerCase();
    const parts = text(given.displayName)?.split(' ') ?? [];
    const givenName = text(given.givenName) ?? parts[0] ?? 'Robin';
    const surname = text(given.surname) ?? (parts.slice(1).join(' ') || `Person ${this.#users.size + 1}`);
    const localPart = `${givenName}.${surname}`.toLowerCase().replaceAll(/[^a-z0-9.]+/g, '-');
    const userPrincipalName = text(given.userPrincipalName) ?? text(given.mail) ?? `${localPart}@${this.primaryDomain}`;
    return {
      accountEnabled: true,
      createdDateTime: '2021-03-01T08:00:00Z',
      displayName: `${givenName} ${surname}`,
      givenName,
      surname,
      mail: userPrincipalName,
      mailNickname: userPrincipalName.split('@')[0] ?? null,
      userType: 'Member',
      ...given,
      id,
      userPrincipalName,
    };
  }

  #checkName(user: DirectoryUser): void {
    const owner = this.#idByPrincipalName.get(user.userPrincipalName.toLowerCase());
    if (owner !== undefined && owner !== user.id) throw new Error(`a user named ${user.userPrincipalName} exists`);
  }

  #learnProperties(given: UserProperties): void {
    for (const name of Object.keys(given)) {
      if (USER_PROPERTIES.has(name) || this.#extensions.has(name)) continue;
      if (!EXTENSION_NAME.test(name)) throw new Error(`Graph v1.0 users have no property ${name}`);
      this.#extensions.add(name);
    }
  }
}

function text(value: DirectoryValue | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
