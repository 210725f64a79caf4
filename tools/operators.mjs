import { parseArgs, UsageError } from './lib/args.mjs';
import { buildOperator, isBuilt, OPERATORS, operatorFolder } from './lib/operators.mjs';
import { main, ok, say, seconds } from './lib/say.mjs';

const HELP = `node tools/operators.mjs NAME…, or --all: builds the controllers that e2e/kubernetes-operators.test.mjs runs on a cluster, from their Go modules.

Known: ${Object.keys(OPERATORS).join(', ')}. What is built stays in the cache of the machine.`;

await main(async () => {
  const { help, all, rest } = parseArgs(process.argv.slice(2), { all: 'boolean' }, { rest: true });
  if (help) return say(HELP);
  const unknown = rest.filter((name) => !(name in OPERATORS));
  if (unknown.length > 0) throw new UsageError(`There is no "${unknown[0]}" here. Known: ${Object.keys(OPERATORS).join(', ')}.`);
  if (!all && rest.length === 0) throw new UsageError('Which? --all builds all of them.');
  for (const name of all ? Object.keys(OPERATORS) : rest) {
    const started = Date.now();
    const was = isBuilt(name);
    await buildOperator(name);
    ok(`${operatorFolder(name)}${was ? '' : ` (built in ${seconds(Date.now() - started)})`}`);
  }
  return 0;
});
