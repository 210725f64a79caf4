import { javascript } from 'projen';

/**
 * What a project needs to be synthesized and type-checked, pinned: `npx projen` must do tomorrow what it does today.
 *
 * tsx runs `.projenrc.ts` without a compiler, so that a new major of TypeScript cannot break it.
 */
export const TOOLCHAIN: readonly string[] = [
  'constructs@^10.5.0',
  'tsx@~4.23.15',
];

/** Needed by the task that type-checks `.projenrc.ts`, and by editors. */
export const TYPE_CHECKING: readonly string[] = [
  '@types/node@^20',
  'typescript@~6.0.0',
];

/** What of this runs a script when it is installed. Without leave it is left out, and each installation warns about it. */
export const INSTALL_SCRIPTS: readonly string[] = ['esbuild'];

/** The command that runs the definition. */
export const RUN_PROJENRC: readonly string[] = ['node', '--import', 'tsx', '.projenrc.ts'];

/** What makes the type-check see a definition as tsx does. */
export const PROJENRC_COMPILER_OPTIONS: { readonly [option: string]: unknown } = {
  target: 'ES2022',
  module: 'nodenext',
  moduleResolution: 'nodenext',
  lib: ['ES2022'],
  types: ['node'],
  strict: true,
  noEmit: true,
  skipLibCheck: true,
};

/** The name of a package in a specification such as `@acme/shop@^1`. */
export function nameOf(spec: string): string {
  return /^(@?[^@]+)/.exec(spec)?.[1] ?? spec;
}

/** Options of projen that a package manager needs so that `node --import tsx` finds what is installed. */
export function optionsOf(packageManager: javascript.NodePackageManager): javascript.NodePackageOptions {
  if (!isYarnBerry(packageManager)) return {};
  // Plug'n'Play keeps packages in archives, where plain Node does not look.
  return { yarnBerryOptions: { yarnRcOptions: { nodeLinker: javascript.YarnNodeLinker.NODE_MODULES } } };
}

/** Whether a package manager asks which packages may run scripts: Yarn 1 lets all of them, and projen refuses to give it a list. */
export function asksForScripts(packageManager: javascript.NodePackageManager): boolean {
  return packageManager !== javascript.NodePackageManager.YARN && packageManager !== javascript.NodePackageManager.YARN_CLASSIC;
}

/** Whether it is a Yarn of version 2 or later: projen has two names for it. */
export function isYarnBerry(packageManager: javascript.NodePackageManager): boolean {
  return packageManager === javascript.NodePackageManager.YARN_BERRY || packageManager === javascript.NodePackageManager.YARN2;
}
