import { parseArgs } from 'node:util';
import { measureChanges } from './changes.ts';
import { measureCreates } from './creates.ts';
import { measureMapping } from './mapping.ts';
import { measurePlan, type PlanMeasurement } from './plan.ts';
import { writesWithoutChanges } from './unchanged.ts';
import { measureValidate } from './validate.ts';

/** `npm run bench -- [--people 10000,100000] [--runs 3] [--creates 2000] [--changes 200000]`: how fast and how big the bundled action is. */
const { values } = parseArgs({
  options: { people: { type: 'string', default: '10000,100000' }, runs: { type: 'string', default: '3' }, creates: { type: 'string', default: '2000' }, changes: { type: 'string', default: '0' } },
});

const seconds = (milliseconds: number): string => `${(milliseconds / 1000).toFixed(2)} s`;

function print({ people, ...one }: PlanMeasurement): void {
  const rows = {
    'floor (longest chain of calls)': `${seconds(one.floor)} (${one.floorCalls} calls)`,
    'first request to plan': `${seconds(one.planning)}, ${(one.planning / one.floor).toFixed(2)} × floor`,
    'loading, before the first request': seconds(one.loading),
    'whole process': seconds(one.wall),
    'whole process less loading': `${seconds(one.wall - one.loading)}, ${((one.wall - one.loading) / one.floor).toFixed(2)} × floor`,
    'CPU time': `${seconds(one.cpu)}, ${((one.cpu * 1000) / people).toFixed(1)} µs a person`,
    'peak memory': `${one.peakMiB.toFixed(0)} MiB`,
    changes: String(one.changes),
    calls: Object.entries(one.calls).map(([kind, count]) => `${kind}: ${count}`).join(', '),
    writes: String(one.writes),
  };
  for (const [name, value] of Object.entries(rows)) console.log(`  ${name.padEnd(36)}${value}`);
}

for (const people of values.people.split(',').map(Number)) {
  const measurements = await measurePlan(people, Number(values.runs));
  for (const [index, measurement] of measurements.entries()) {
    console.log(`\nplan, ${people} people, run ${index + 1} of ${measurements.length}`);
    print(measurement);
  }
}
console.log(`\napply, 1000 people, nobody differs: ${await writesWithoutChanges(1000)} writes`);

if (Number(values.creates) > 0) {
  const rest = await measureCreates(Number(values.creates), 'rest');
  const bulk = await measureCreates(Number(values.creates), 'bulk');
  console.log(`apply, ${rest.creates} creates by REST: ${seconds(rest.writing)}, ${(rest.writing / rest.floor).toFixed(2)} × floor (${rest.calls} calls)`);
  console.log(`apply, ${bulk.creates} creates in bulk: ${seconds(bulk.applying)} with reading them again, ${bulk.calls} calls, 1/${(rest.calls / bulk.calls).toFixed(0)} of REST’s`);
}

if (Number(values.changes) > 0) {
  for (const { event, personalData, changes, peakMiB, summary, csv, planJson, cpu } of await measureChanges(Number(values.changes))) {
    console.log(`${event}: plan of ${changes} changes, personal-data ${personalData}: ${peakMiB.toFixed(0)} MiB at most, ${seconds(cpu)} CPU time; bytes of summary ${summary}, changes.csv ${csv}, plan.json ${planJson}`);
  }
}

for (const { people, rules, expressions, cpu } of measureMapping(100_000, Number(values.runs))) {
  console.log(`mapping, ${people} people through ${rules} rules, ${expressions} of them expressions: ${seconds(cpu)} CPU time, ${((cpu * 1000) / people).toFixed(1)} µs a person`);
}

const validations = await measureValidate(Number(values.runs));
console.log(`validate without credentials, 200 rules, whole process: ${validations.map(seconds).join(', ')}`);
