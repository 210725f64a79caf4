import { PostgresProps, PostgresSettings } from './props';
import { PostgresVariables } from './variables';
import { dataPath } from './versions';
import { HealthCheck } from '../../model/health-check';
import { Mount } from '../../model/mount';
import { Rootless } from '../../model/rootless';
import { SecretFiles } from '../../model/secret-files';
import { ServiceProps } from '../../model/service-props';
import { ServiceSettings } from '../../model/settings';
import { Value } from '../../model/value';

/** The settings of every service among those of this one. */
export function serviceSettings(props: PostgresProps): ServiceSettings {
  const {
    version, migratedFrom, variant, userName, developmentPassword, databaseName, databases, initScripts, hostPort, publish, variablePrefix: _prefix,
    parameters, storage, healthTiming, description, serviceName, modes, development, production, ...settings
  } = props;
  return settings;
}

/** How the image is run, whatever it stores. */
export function serverSettings(props: PostgresProps, { user, password, database }: PostgresVariables): ServiceProps {
  return {
    image: `postgres:${props.version || 'missing'}${props.variant === '' ? '' : `-${props.variant ?? 'alpine'}`}`,
    environment: { POSTGRES_USER: Value.of(user), POSTGRES_PASSWORD: Value.of(password), POSTGRES_DB: Value.of(database) },
    shmSize: '256M',
    stopGracePeriod: '30s',
    healthCheck: HealthCheck.shell('pg_isready -q -h 127.0.0.1 -U "$POSTGRES_USER" -d "$POSTGRES_DB"', {
      note: 'Over TCP: while the image initialises, the server answers on its socket only.',
      ...props.healthTiming,
    }).withLiveness(HealthCheck.tcp()),
    rootless: rootlessOf(props),
    secretFiles: SecretFiles.paths('POSTGRES_PASSWORD'),
    production: {
      resources: { cpus: 2, memory: '1G', pids: 512 },
      readOnly: true,
      // It writes down what is in its memory first.
      stopGracePeriod: '2m',
      mounts: [Mount.tmpfs('/tmp'), Mount.tmpfs('/var/run/postgresql')],
      capDrop: ['ALL'],
      // What the image needs to take its folders over and to leave root.
      capAdd: ['CHOWN', 'DAC_OVERRIDE', 'FOWNER', 'SETGID', 'SETUID'],
    },
  };
}

/** What is said for one mode, with the storage as a mount. */
export function modeSettings(
  given: PostgresSettings | undefined, mount: (settings: PostgresSettings) => Mount | undefined,
): ServiceSettings | undefined {
  if (!given) return undefined;
  const { parameters, storage, ...settings } = given;
  const data = mount(given);
  return data ? { ...settings, mounts: [data, ...(settings.mounts ?? [])] } : settings;
}

/**
 * The user that the image would change to. An engine's volume belongs to root, and the server wants a folder of its own: one below,
 * where the version does not have that already.
 */
function rootlessOf({ version, variant }: PostgresProps): Rootless {
  const target = dataPath(version);
  return {
    user: (variant ?? 'alpine').startsWith('alpine') ? '70:70' : '999:999',
    ...(target.endsWith('/data') ? { environment: { PGDATA: Value.literal(`${target}/pgdata`) } } : {}),
  };
}
