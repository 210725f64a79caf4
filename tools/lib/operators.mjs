import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { cleanEnv, quietly } from './process.mjs';
import { problem } from './say.mjs';

/**
 * Controllers that others write and that generated manifests are for, as their projects publish them: modules of Go, with the definitions of
 * their kinds beside the source. No registry of images is asked.
 *
 * - `image`: programs that an image of it holds, by their paths in it
 * - `programs`: those that run on this machine
 * - `manifests`: files of the module that are kept
 * - `instead`: files of the module that are written anew before it is built
 */
export const OPERATORS = {
  'sealed-secrets': {
    module: 'github.com/bitnami-labs/sealed-secrets@v0.40.0',
    image: { controller: './cmd/controller' },
    programs: { kubeseal: './cmd/kubeseal' },
    manifests: ['helm/sealed-secrets/crds/bitnami.com_sealedsecrets.yaml'],
  },
  'external-secrets': {
    // The newest one that is a single module.
    module: 'github.com/external-secrets/external-secrets@v0.16.2',
    image: { 'external-secrets': '.' },
    manifests: ['externalsecrets', 'secretstores', 'clustersecretstores'].map((kinds) => `config/crds/bases/external-secrets.io_${kinds}.yaml`).concat('config/crds/bases/generators.external-secrets.io_generatorstates.yaml'),
    // One of its forty providers: the others are most of what there is to compile, and none of what is asked here.
    instead: {
      'pkg/provider/register/register.go': 'package register\n\nimport _ "github.com/external-secrets/external-secrets/pkg/provider/kubernetes"\n',
      'pkg/generator/register/register.go': 'package register\n',
    },
  },
  'cloudnative-pg': {
    module: 'github.com/cloudnative-pg/cloudnative-pg@v1.29.1',
    // It looks there for the program that it gives its instances.
    image: { [`operator/manager_${goArchitecture()}`]: './cmd/manager' },
    links: { manager: `operator/manager_${goArchitecture()}` },
    manifests: ['releases/cnpg-1.29.1.yaml'],
  },
};

function goArchitecture() {
  return { x64: 'amd64' }[process.arch] ?? process.arch;
}

/** Where what is built of an operator stays: whatever is said of it above is part of the name. */
export function operatorFolder(name) {
  const sum = createHash('sha256').update(JSON.stringify(OPERATORS[name])).digest('hex').slice(0, 8);
  return join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'projen-stack-ci', 'operators', `${name}-${sum}`);
}

/** Whether it was built on this machine. */
export const isBuilt = (name) => existsSync(operatorFolder(name));

/** Builds an operator unless it is there, in a copy of its module: the module's own versions of what it needs hold. */
export async function buildOperator(name) {
  const folder = operatorFolder(name);
  if (existsSync(folder)) return folder;
  const { module, image, links = {}, programs = {}, manifests, instead = {} } = OPERATORS[name];
  mkdirSync(dirname(folder), { recursive: true });
  const work = mkdtempSync(`${folder}-`);
  const source = join(work, 'source');
  try {
    // Not in this checkout, nor in any other module.
    const { stdout } = await quietly(`${module} is downloaded`, ['go', 'mod', 'download', '-json', module], { cwd: work });
    cpSync(JSON.parse(stdout).Dir, source, { recursive: true, mode: 0 });
    await quietly('the copy is made writable', ['chmod', '-R', 'u+w', source]);
    for (const [file, text] of Object.entries(instead)) writeFileSync(join(source, file), text);
    const built = join(work, 'built');
    for (const [folderName, wanted] of [['image', image], ['bin', programs]]) {
      for (const [file, part] of Object.entries(wanted)) {
        await quietly(`${name}: ${file} is built`, ['go', 'build', '-trimpath', '-ldflags=-s -w', '-o', join(built, folderName, file), part], {
          cwd: source, env: cleanEnv({ CGO_ENABLED: '0', GOWORK: 'off' }),
        });
      }
    }
    for (const [link, file] of Object.entries(links)) symlinkSync(file, join(built, 'image', link));
    for (const each of manifests) cpSync(join(source, each), join(built, 'manifests', basename(each)));
    // Whoever was faster made the same.
    if (!existsSync(folder)) renameSync(built, folder);
  } catch (error) {
    throw problem(`${name} cannot be built: ${error.message}`);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
  return folder;
}
