import { PostgresProps, PostgresSettings } from './props';
import { dataPath } from './versions';
import { Mount } from '../../model/mount';
import { Rootless } from '../../model/rootless';
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
export function rootlessOf({ version, variant }: PostgresProps): Rootless {
  const target = dataPath(version);
  return {
    user: (variant ?? 'alpine').startsWith('alpine') ? '70:70' : '999:999',
    ...(target.endsWith('/data') ? { environment: { PGDATA: Value.literal(`${target}/pgdata`) } } : {}),
  };
}
