export { isMeant, mostMeant } from './chosen.ts';
export type { Credential, ServicePrincipal } from './credential.ts';
export { connectGraph, type Graph } from './graph.ts';
export { clockUntil, type Clock } from './pace.ts';
export { lackingOf, lackingPermissions, needsOf, type Need } from './permissions.ts';
export type { DirectoryQuery } from './query.ts';
export { signInAs, type SignIn } from './sign-in.ts';
export { tokenSource, type TokenSource } from './token.ts';
export { readUsers, type DirectoryPage, type DirectoryUser } from './users.ts';
