import type { Conversion } from '../converters/index.ts';
import type { Position } from '../errors.ts';
import type { CompiledExpression } from '../expression/index.ts';
import type { Scalar } from '../field-value.ts';

/** A path into a directory user, such as `businessPhones[0]` or `onPremisesExtensionAttributes.extensionAttribute3`. */
export interface SourcePath {
  /** As written in the sync file. */
  readonly text: string;
  /** Property names and list indexes, outermost first; the first is always a property name. */
  readonly segments: readonly [string, ...(string | number)[]];
  readonly position: Position;
}

/** A CEL expression that passed every check. */
export interface Expression {
  readonly text: string;
  readonly compiled: CompiledExpression;
  /** Where it begins. */
  readonly position: Position;
  /** Where a character of the text stands. */
  readonly positionOf: (offset: number) => Position;
  /** The directory properties that it reads, each with the first place that names it. */
  readonly properties: readonly { readonly name: string; readonly position: Position }[];
}

/** A value that stands in the sync file itself. */
export interface Constant {
  readonly value: Scalar;
  readonly position: Position;
}

/** When a field's value is written. */
export type Apply = 'always' | 'on-create' | 'if-empty';

/** How one Oomnitza field gets its value. */
export interface FieldRule {
  /** Oomnitza's name of the field. */
  readonly field: string;
  /** Paths (the first that is not empty wins), a constant, or an expression over the directory user. */
  readonly from:
    | { readonly kind: 'source'; readonly paths: readonly SourcePath[] }
    | ({ readonly kind: 'value' } & Constant)
    | { readonly kind: 'expression'; readonly expression: Expression };
  /** What the converters of the rule make of the above. */
  readonly convert: Conversion | undefined;
  /** Used when the above gives nothing. */
  readonly default: Constant | undefined;
  /** Still empty: the user is skipped. */
  readonly required: boolean;
  readonly apply: Apply;
  /** What an empty value does to a record that has one. */
  readonly whenEmpty: 'keep' | 'clear';
  /** A preset's rule may be left out where the instance lacks the field; the user's own may not. */
  readonly origin: 'preset' | 'user';
  /** Where the rule stands; for a preset's rule where `preset` or, without it, the document stands. */
  readonly position: Position;
}

/** A value given to newly created people where no rule gives one. */
export interface CreateDefault {
  readonly field: string;
  readonly value: Scalar;
  /** `preset` where the file says nothing of defaults. */
  readonly origin: 'preset' | 'user';
  /** Where its field stands or, without `defaults` in the file, where the document starts. */
  readonly position: Position;
}

/** A field that finds the current record of a directory user. */
export interface SyncKey {
  readonly field: string;
  readonly position: Position;
}

export const sourceKinds = ['entra', 'intune'] as const;
/** Whether all users are read, or only those who have a device that Intune manages. */
export type SourceKind = (typeof sourceKinds)[number];

/** A group whose members are read. */
export interface SourceGroup {
  /** Its object id, in lower case as Graph writes it. */
  readonly id: string;
  readonly position: Position;
}

/** A SaaS application that people are assigned to. */
export interface SaasTarget {
  /** Its id in Oomnitza. */
  readonly application: string;
  /** Where the id stands. */
  readonly position: Position;
  /** What of a directory user is the person's id in that application. */
  readonly externalId: SourcePath;
}

export type Preference = 'create-and-update' | 'create-only' | 'update-only';

/** What is done about a leaver: nothing, a row in the reports, or a write. */
export type LeaverAction = 'ignore' | 'report' | 'suspend';
export type ReturningAction = 'ignore' | 'report' | 'restore';

/** What becomes of the records of those who left, and of those who came back. */
export interface Leavers {
  /** The directory says that the account is disabled. */
  readonly disabled: LeaverAction;
  /** The directory has deleted the user whose id the record holds. */
  readonly missing: LeaverAction;
  /** An enabled user whose record is suspended. */
  readonly returning: ReturningAction;
  /** Date field that marks the records which a sync suspended. */
  readonly marker: SyncKey | undefined;
}

export const limitNames = ['creates', 'updates', 'suspends', 'restores', 'shrink'] as const;
export type LimitName = (typeof limitNames)[number];

/** How much one run may do of something; with neither count nor percentage, any amount. */
export interface Limit {
  /** As written, such as `5%, 100`. */
  readonly text: string;
  readonly count: number | undefined;
  /** Of the records that the sync is about. */
  readonly percent: number | undefined;
  /** Where it stands; `undefined` where the file leaves it to the default. */
  readonly position: Position | undefined;
}

/** A sync file that passed every check that needs no network, with presets laid under the user's own rules. */
export interface SyncFile {
  readonly enabled: boolean;
  readonly source: {
    readonly kind: SourceKind;
    /** Where it stands or, left out, where it would. */
    readonly kindPosition: Position;
    readonly filter: { readonly text: string; readonly position: Position } | undefined;
    /** None: everybody. */
    readonly groups: readonly SourceGroup[];
    readonly minUsers: number;
  };
  /** Conditions that all must hold for a user to be kept in step. */
  readonly scope: readonly Expression[];
  readonly preference: Preference;
  /** The unique field that holds the Entra id; it has a rule that gives it. */
  readonly identity: SyncKey | undefined;
  /** The fields that find a record, `identity` before all others where there is one. */
  readonly syncKeys: readonly SyncKey[];
  readonly leavers: Leavers & { readonly missingPosition: Position; readonly returningPosition: Position };
  readonly limits: Readonly<Record<LimitName, Limit>>;
  /** User names, emails and values of sync keys whose records are left alone, as written. */
  readonly protect: readonly string[];
  /** One per field, sorted by field name (code point). */
  readonly defaults: readonly CreateDefault[];
  /** One per field, sorted by field name (code point). */
  readonly rules: readonly FieldRule[];
  readonly saas: SaasTarget | undefined;
}
