// Records what an earlier version of the library makes of a definition of test/upgrade, for the tests there:
//
//   node tools/record-version.mjs 92e2483 databases
//
// The marker of generated files is written in another way: projen would take the record for one of them. Of what was written once
// and then is the team's, only what the library reads is kept as it was.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inRoot } from './lib/root.mjs';

const MARKER = ['~~ Generated', 'by projen'].join(' ');
/** What the library looks into, of the team's files. */
const READ = /(requirements(-dev)?\.txt|pyproject\.toml|package\.json|^README\.md|^\.git(ignore|attributes))$/;

const [commit, definition] = process.argv.slice(2);
const library = mkdtempSync(join(tmpdir(), 'library-'));
const folder = mkdtempSync(join(tmpdir(), 'stack-'));
try {
  execFileSync('tar', ['-x', '-C', library], { input: execFileSync('git', ['archive', commit], { cwd: inRoot(), maxBuffer: 2 ** 28 }) });
  symlinkSync(inRoot('node_modules'), join(library, 'node_modules'));
  const source = `import { define } from ${JSON.stringify(inRoot('test/upgrade/definitions', `${definition}.ts`))};
    import * as library from ${JSON.stringify(join(library, 'src/index.ts'))};
    define(library, ${JSON.stringify(folder)}).synth();\n`;
  writeFileSync(join(library, 'record.mts'), source);
  execFileSync(process.execPath, ['--import', 'tsx', join(library, 'record.mts')], { cwd: inRoot(), stdio: 'inherit', env: { ...process.env, PROJEN_DISABLE_POST: 'true' } });

  const names = readdirSync(folder, { recursive: true }).filter((name) => statSync(join(folder, name)).isFile()).sort();
  const generated = new Set(JSON.parse(readFileSync(join(folder, '.projen/files.json'), 'utf8')).files);
  const files = Object.fromEntries(names.map((name) => {
    const text = readFileSync(join(folder, name), 'utf8');
    const kept = generated.has(name) || text.includes(MARKER) || READ.test(name);
    return [name, kept ? text.replaceAll(MARKER, '@MARKER@').replace(/ \\\n +--hash=\S+/g, '') : 'of the team\n'];
  }));
  const version = execFileSync('git', ['rev-parse', '--short', commit], { cwd: inRoot(), encoding: 'utf8' }).trim();
  writeFileSync(inRoot('test/upgrade/versions', `${definition}-${version}.json`), `${JSON.stringify(files, null, 1)}\n`);
} finally {
  for (const each of [library, folder]) rmSync(each, { recursive: true, force: true });
}
