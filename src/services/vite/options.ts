/**
 * What a frontend's pages are written with; TypeScript in each case.
 */
export enum ViteFramework {
  /** React. */
  REACT = 'react',
  /** Vue. */
  VUE = 'vue',
  /** Svelte. */
  SVELTE = 'svelte',
  /** Nothing but the browser. */
  PLAIN = 'plain',
}

/**
 * What installs the packages of a frontend.
 */
export enum NodePackageManager {
  /** pnpm, in the version that `packageManager` of package.json names. */
  PNPM = 'pnpm',
  /** npm, in the version that comes with Node.js. */
  NPM = 'npm',
}
