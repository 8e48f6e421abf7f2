export { clientSecretCredential, type ServicePrincipal } from './credential.ts';
export { connectGraph, type Graph } from './graph.ts';
export { tokenSource, type TokenSource } from './token.ts';
export { readUsers, type DirectoryPage, type DirectoryQuery, type DirectoryUser } from './users.ts';
