import * as fc from 'fast-check';

/**
 * The same cases each time, so that a run is red only for what was changed. `PROJEN_STACK_SEED=random npx jest test/property`
 * looks for new ones, and `PROJEN_STACK_SEED=<number>` repeats a run.
 */
const { PROJEN_STACK_SEED: given } = process.env;

fc.configureGlobal({ seed: given === 'random' ? Date.now() : Number(given ?? 20261121) });
