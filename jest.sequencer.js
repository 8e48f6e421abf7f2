import Sequencer from '@jest/test-sequencer';

const long = /__tests__[\\/](?:e2e|guides|scripts)[\\/]/;

/** Begins with the tests that start programs: short files that take long, which would else keep one worker busy at the end. */
export default class LongFirst extends Sequencer {
  sort(tests) {
    const sorted = super.sort([...tests]);
    return [...sorted.filter(({ path }) => long.test(path)), ...sorted.filter(({ path }) => !long.test(path))];
  }
}
