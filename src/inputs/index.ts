export { readCommentInputs, type CommentInputs } from './comment.ts';
export { readContactInputs, type ContactInputs } from './contacts.ts';
export { type CredentialInputs, type MicrosoftInputs } from './microsoft.ts';
export { defaultReportDirectory, modes, readInputs, type CommentRule, type Inputs, type Mode } from './inputs.ts';
export { type OomnitzaApi, type OomnitzaInputs, type OomnitzaSignIn } from './oomnitza.ts';
export { type WatchInputs } from './watch.ts';
