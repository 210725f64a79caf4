import { Mode } from './mode';
import { RestartPolicy } from './restart-policy';
import { ServiceSettings } from './settings';

/** What holds in a mode when nothing else is said: lowest layer of every service. */
export const MODE_DEFAULTS: { readonly [mode in Mode]: ServiceSettings } = {
  [Mode.DEVELOPMENT]: { restart: RestartPolicy.UNLESS_STOPPED },
  [Mode.PRODUCTION]: {
    restart: RestartPolicy.UNLESS_STOPPED,
    resources: { cpus: 1, memory: '512M', pids: 512 },
    logging: { driver: 'json-file', options: { 'max-size': '10m', 'max-file': '3' } },
    securityOpt: ['no-new-privileges:true'],
  },
};

/** What holds for a service that runs once. */
export const ONE_SHOT_DEFAULTS: ServiceSettings = { restart: RestartPolicy.NO };
