import type { FieldValue } from '../field-value.ts';
import { isEmpty } from '../field-value.ts';
import { hidden, revealed, withheld } from '../reserved.ts';
import type { Explanation, UserStory } from './explanation.ts';
import type { PersonalData } from './report.ts';

/** The story of one user as it may be shown: in full, without values and ids, or not at all. */
export function disclosedExplanation({ asked, user }: Explanation, level: PersonalData): Explanation {
  if (level === 'full') return { asked, user: user && withTexts(user, revealed) };
  if (level === 'masked') return { asked: 'person 1', user: user && masked(withTexts(user, withheld)) };
  return { asked: 'The user who was asked about', user: user && { ...nothing, isWritten: user.isWritten } };
}

const nothing: Omit<UserStory, 'isWritten'> = {
  properties: [],
  filter: undefined,
  groups: [],
  devices: undefined,
  scope: [],
  rules: [],
  match: { keys: [], record: undefined, fields: [] },
  outcome: [],
};

function masked(story: UserStory): UserStory {
  const { keys, fields } = story.match;
  return {
    properties: story.properties.map(({ name, value }) => ({ name, value: isNothing(value) ? null : hidden })),
    filter: story.filter,
    groups: story.groups.map(({ member }, index) => ({ id: `group ${index + 1}`, name: '', member })),
    devices: story.devices,
    scope: story.scope,
    rules: story.rules.map((rule) => ({
      ...rule,
      steps: rule.steps.map(({ what, outcome }) => ({ what, outcome: 'failure' in outcome ? outcome : { value: maskedValue(outcome.value) } })),
    })),
    match: {
      keys: keys.map(({ field, value, found }) => ({ field, value: value === '' ? '' : hidden, found: found.map(({ archived }) => ({ userId: hidden, username: hidden, archived })) })),
      record: undefined,
      fields: fields.map(({ field, before, after, verdict }) => ({ field, before: maskedValue(before), after: maskedValue(after), verdict })),
    },
    isWritten: story.isWritten,
    outcome: story.outcome,
  };
}

function maskedValue(value: FieldValue): FieldValue {
  return isEmpty(value) ? null : hidden;
}

function isNothing(value: unknown): boolean {
  return value === null || value === undefined || value === '';
}

/** The sentences in a story, each made fit to be shown. */
function withTexts(story: UserStory, text: (sentence: string) => string): UserStory {
  return {
    ...story,
    filter: story.filter && {
      ...story.filter,
      clauses: story.filter.clauses.map((clause) => ('failure' in clause.outcome ? { ...clause, outcome: { failure: text(clause.outcome.failure) } } : clause)),
    },
    scope: story.scope.map((condition) => ({ ...condition, outcome: 'failure' in condition.outcome ? { failure: text(condition.outcome.failure) } : condition.outcome })),
    rules: story.rules.map((rule) => ({
      ...rule,
      steps: rule.steps.map(({ what, outcome }) => ({ what, outcome: 'failure' in outcome ? { failure: text(outcome.failure) } : outcome })),
    })),
    match: { ...story.match, fields: story.match.fields.map((field) => ({ ...field, verdict: text(field.verdict) })) },
    outcome: story.outcome.map(text),
  };
}
