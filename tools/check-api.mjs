import { mkdtempSync, mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from './lib/args.mjs';
import { bootstrap } from './lib/bootstrap.mjs';
import { ensureCompiled } from './lib/compile.mjs';
import { local, run } from './lib/process.mjs';
import { inRoot, ROOT } from './lib/root.mjs';
import { bad, main, note, ok, problem, say } from './lib/say.mjs';

const HELP = `node tools/check-api.mjs: whether whoever uses the last release can take this checkout as it is, by jsii-diff.

  node tools/check-api.mjs                       the last release is the newest tag v… that this commit comes from
  node tools/check-api.mjs --old DIR --new DIR   compares two compiled packages; --repository DIR has the commits
  node tools/check-api.mjs --since COMMIT        another commit than the last release

A break that a commit since then announces ("feat!: …", or a footer "BREAKING CHANGE: …") is shown and accepted: the
next version is a major one. One that nobody announced is an error. .compatignore lists what is no break. What is marked
@experimental may change: that is shown, and stops nothing.`;

/** A git command in a repository: what it says, or undefined when it fails. */
async function git(cwd, ...args) {
  const { code, stdout } = await run('git', args, { cwd });
  return code === 0 ? stdout.trim() : undefined;
}

/** Commits since another one that announce a break, in the words of Conventional Commits. */
async function announcements(repository, since) {
  const log = await git(repository, 'log', '--format=%h %s%n%b%x00', ...(since ? [`${since}..HEAD`] : []));
  return (log ?? '').split('\0').map((entry) => entry.trim())
    .filter((entry) => /^\S+ [a-z]+(\([^)]*\))?!: /.test(entry) || /^BREAKING[ -]CHANGE: /m.test(entry))
    .map((entry) => entry.split('\n')[0]);
}

/** The package of another commit, compiled with the tools of this checkout. */
async function compiled(commit, folder) {
  mkdirSync(folder);
  const archive = join(folder, '..', 'sources.tar');
  for (const [command, ...args] of [['git', 'archive', '--output', archive, commit], ['tar', '-xf', archive, '-C', folder]]) {
    const { code, stderr } = await run(command, args, { cwd: ROOT });
    if (code !== 0) throw problem(`The sources of ${commit} cannot be had: ${stderr.trim()}`);
  }
  symlinkSync(inRoot('node_modules'), join(folder, 'node_modules'), 'junction');
  const [command, ...args] = local('jsii/bin/jsii', '--silence-warnings=reserved-word');
  const { code, stdout, stderr } = await run(command, args, { cwd: folder });
  if (code !== 0) throw problem(`The sources of ${commit} do not compile:\n${stdout}${stderr}`);
}

/** What breaks between two compiled packages, as jsii-diff says it, and what changed of what is experimental. */
async function breaks(before, now) {
  const [command, ...args] = local('jsii-diff/bin/jsii-diff', before, now, '--keys', '--error-on=prod', `--ignore-file=${inRoot('.compatignore')}`);
  const { code, stdout, stderr } = await run(command, args, { cwd: ROOT });
  const lines = `${stdout}\n${stderr}`.split('\n').filter((line) => /\[[a-z-]+:.*\]/.test(line));
  if (code !== 0 && lines.length === 0) throw problem(`jsii-diff failed:\n${stdout}${stderr}`);
  return { found: lines.filter((line) => line.startsWith('err')), experimental: lines.filter((line) => line.startsWith('warn')) };
}

await main(async () => {
  const args = parseArgs(process.argv.slice(2), { old: 'string', new: 'string', repository: 'string', since: 'string' });
  if (args.help) return say(HELP);
  const repository = args.repository ?? ROOT;
  const since = args.since ?? await git(repository, 'describe', '--tags', '--abbrev=0', '--match', 'v[0-9]*');
  if (!since && !args.old) {
    note('there is no release yet that this checkout could break');
    return 0;
  }
  const folder = mkdtempSync(join(tmpdir(), 'projen-stack-api-'));
  try {
    let before = args.old;
    if (!before) {
      await bootstrap();
      before = join(folder, 'package');
      await compiled(since, before);
      await ensureCompiled();
    }
    const { found, experimental } = await breaks(before, args.new ?? ROOT);
    if (experimental.length > 0) {
      say(`\n${experimental.join('\n')}\n`);
      note(`${experimental.length} changes of what is experimental, which may be`);
    }
    if (found.length === 0) {
      ok(`whoever uses ${since ?? 'the old package'} can take this checkout as it is`);
      return 0;
    }
    say(`\n${found.join('\n')}\n`);
    const announced = await announcements(repository, since);
    if (announced.length > 0) {
      ok(`these ${found.length} breaks were announced: ${announced.join('; ')}`);
      return 0;
    }
    bad(`${found.length} breaks of the API since ${since ?? 'the old package'}, and no commit announces one: undo them, or commit with "feat!: …" and say in "BREAKING CHANGE: …" what to do`);
    return 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
