import { PostgresProps, PostgresSettings } from './props';
import { Mount } from '../../model/mount';
import { ServiceSettings } from '../../model/settings';

/** The settings of every service among those of this one. */
export function serviceSettings(props: PostgresProps): ServiceSettings {
  const {
    version, migratedFrom, variant, userName, developmentPassword, databaseName, databases, initScripts, hostPort, publish, variablePrefix: _prefix,
    parameters, storage, healthTiming, description, serviceName, modes, development, production, ...settings
  } = props;
  return settings;
}

/** What is said for one mode, with the storage as a mount. */
export function modeSettings(given: PostgresSettings | undefined, mount: (settings: PostgresSettings) => Mount | undefined): ServiceSettings | undefined {
  if (!given) return undefined;
  const { parameters, storage, ...settings } = given;
  const data = mount(given);
  return data ? { ...settings, mounts: [data, ...(settings.mounts ?? [])] } : settings;
}
