import type { Sandbox } from '../../../sandbox/index.ts';

/** Adds people who are all alike but for their number: `Person 01`, `person.01@contoso.com` and so on. */
export function addPeople({ tenant }: Pick<Sandbox, 'tenant'>, count: number): void {
  for (let number = 1; number <= count; number += 1) tenant.addUser({ displayName: `Person ${String(number).padStart(2, '0')}` });
}
