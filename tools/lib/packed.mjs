import { existsSync } from 'node:fs';
import { filesBelow } from './files.mjs';
import { run } from './process.mjs';
import { inRoot } from './root.mjs';

/** What lies beside the folders. A release has its changelog, too. */
const BESIDE = ['.jsii', 'API.md', 'LICENSE', 'README.md', 'package.json', ...(existsSync(inRoot('CHANGELOG.md')) ? ['CHANGELOG.md'] : [])];

/** The pages of docs/: error messages name them, and they are read in the version that is installed. */
const PAGES = [
  'architecture', 'configuration', 'extending', 'fastapi', 'frontend', 'kubernetes', 'performance', 'projects', 'proofs', 'python', 'readme', 'rules',
  'tutorial', 'upgrading', 'workflow',
];

/** What is bundled, as its own authors publish it. */
const BUNDLED = ['yaml'];

/** What git would commit below a folder: nothing that a tool or a person left there. */
async function committed(folder) {
  const { code, stdout, stderr } = await run('git', ['ls-files', '--cached', '--others', '--exclude-standard', '-z', folder]);
  if (code !== 0) throw new Error(`git ls-files failed: ${stderr}`);
  return stdout.split('\0').filter((path) => path !== '' && existsSync(inRoot(path)));
}

/** The files that the package must hold, and none beside them: each is named here, or follows from one that is committed. */
export async function filesOfPackage() {
  return [
    ...BESIDE,
    ...(await committed('src')).filter((path) => path.endsWith('.ts')).flatMap((path) => ['.js', '.d.ts'].map((end) => path.replace(/^src(.*)\.ts$/, `lib$1${end}`))),
    ...await committed('assets'),
    ...PAGES.map((page) => `docs/${page}.md`),
    ...await committed('docs/constructs'),
    ...BUNDLED.flatMap((name) => filesBelow(inRoot('node_modules', name)).map((path) => `node_modules/${name}/${path}`)),
  ].sort();
}
