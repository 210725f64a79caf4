declare global {
  /** Set by `/config.js`. */
  var runtimeSettings: Readonly<Record<string, string>> | undefined;
}

/**
 * A setting of the page. Everybody who opens the page can read it: never a secret.
 *
 * What the production server was started with goes before what was built in.
 */
export function setting(name: `VITE_${string}`, fallback = ''): string {
  const builtIn: unknown = import.meta.env[name];
  return globalThis.runtimeSettings?.[name] || (typeof builtIn === 'string' && builtIn) || fallback;
}
