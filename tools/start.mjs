import { relative } from 'node:path';
import { parseArgs } from './lib/args.mjs';
import { bootstrap, checkNode } from './lib/bootstrap.mjs';
import { ensureCompiled } from './lib/compile.mjs';
import { engineProblem } from './lib/engine.mjs';
import { cleanEnv, quietly } from './lib/process.mjs';
import { ROOT } from './lib/root.mjs';
import { bold, main, note, ok, problem, say, seconds } from './lib/say.mjs';
import { down, up } from './start/engine.mjs';
import { composeFile, showFiles } from './start/files.mjs';
import { DEFINITION, isMade, linkPackages, ownFolder, placeDefinition } from './start/folder.mjs';

const DEFAULT = 'out/shop';

const HELP = `npm start: synthesizes the stack of examples/quickstart into a folder, to look at, edit and run.

  npm start                       into ${DEFAULT}; again: regenerates it from its (perhaps edited) ${DEFINITION}
  npm start -- --up               the same, then boots it with Docker Compose; takes free ports where needed
  npm start -- --down             stops it, and keeps its data
  npm start -- --dir DIR …        another folder: a new one, an empty one, or one that npm start made`;

async function synthesize(folder, shown) {
  const placed = placeDefinition(folder);
  linkPackages(folder);
  // What a user's `npx projen` runs. Installing packages afterwards is left out: they are linked already.
  const { milliseconds } = await quietly(`synthesizing ${shown}`, [process.execPath, '--import', 'tsx', DEFINITION], {
    cwd: folder,
    env: cleanEnv({ PROJEN_DISABLE_POST: '1', NODE_NO_WARNINGS: '1' }),
  });
  ok(`${shown} synthesized from ${placed === 'kept' ? `its own ${DEFINITION}` : `examples/quickstart/${DEFINITION}`} in ${seconds(milliseconds)}`);
}

async function showNext(folder, shown, flags) {
  const steps = [];
  if (composeFile(folder)) {
    const obstacle = await engineProblem();
    steps.push([`npm start -- --up${flags}`, obstacle ? 'boot it: this needs Docker, which does not answer here yet' : 'boot it, with free ports where the defaults are taken']);
    steps.push([`cd ${shown} && docker compose up --wait`, 'the same by hand']);
  }
  steps.push([`$EDITOR ${shown}/${DEFINITION}`, 'change the definition, then run npm start again to see what follows']);
  const width = Math.max(...steps.map(([command]) => command.length));
  say(`\n${bold('Next')}\n`);
  for (const [command, what] of steps) say(`  ${command.padEnd(width)}  # ${what}`);
}

await main(async () => {
  checkNode();
  const args = parseArgs(process.argv.slice(2), { dir: 'string', up: 'boolean', down: 'boolean' });
  if (args.help) return say(HELP);
  if (args.up && args.down) throw problem('--up and --down exclude each other.');

  const named = args.dir || `${ROOT}/${DEFAULT}`;
  const folder = ownFolder(named);
  const path = relative(process.env.INIT_CWD || process.cwd(), folder);
  const shown = path === '' ? '.' : path.startsWith('..') ? folder : path;
  const flags = args.dir ? ` --dir ${args.dir}` : '';

  if (args.down) {
    if (!isMade(folder)) throw problem(`${shown} was not made by npm start, so there is nothing to stop.`);
    return down(folder, shown);
  }
  await bootstrap();
  await ensureCompiled();
  await synthesize(folder, shown);
  if (args.up) return up(folder, shown, flags);
  showFiles(folder, shown);
  return showNext(folder, shown, flags);
});
