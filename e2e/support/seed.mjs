/** As in test/support/seed.ts: the same cases each time, unless `PROJEN_STACK_SEED` is `random` or a number. */
const { PROJEN_STACK_SEED: given } = process.env;

export const SEED = given === 'random' ? Date.now() : Number(given ?? 20261121);
