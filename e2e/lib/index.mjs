/** What the end-to-end tests are written with. See each file for the details. */
export { engineProblem, freePort } from '../../tools/lib/engine.mjs';
export { atExit, tempDir } from './cleanup.mjs';
export { compose, projectName, withStack } from './compose.mjs';
export { cleanEnv, run, waitFor } from './process.mjs';
export { consumerModules, synth, tarball } from './synth.mjs';
