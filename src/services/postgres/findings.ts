import type { PostgresService } from './postgres-service';
import { POSTGRES_DATA_PATH, POSTGRES_PARAMETER, POSTGRES_VERSION } from './rules';
import { dataPath, majorOf, MAJORS } from './versions';
import { Finding, RuleInfo } from '../../model/finding';
import { MODES } from '../../model/mode';

/**
 * What is wrong with the version of a server, the path of its data, its parameters.
 *
 * @param postgres the server
 * @param parameters the names of the parameters that were given, in both modes
 * @param finding makes a finding about the server
 */
export function postgresFindings(
  postgres: PostgresService, parameters: readonly string[], finding: (rule: RuleInfo, message: string, fix: string) => Finding,
): Finding[] {
  const nameless = [...new Set(parameters)].filter((name) => !/^[a-z_][a-z0-9_]*(\.[a-z_][a-z0-9_]*)?$/i.test(name));
  return [
    ...versionFindings(postgres, finding),
    ...nameless.map((name) => finding(
      POSTGRES_PARAMETER,
      `"${name}" is no name of a server parameter.`,
      'Write names as in postgresql.conf: max_connections, pg_stat_statements.max.',
    )),
  ];
}

function versionFindings(postgres: PostgresService, finding: (rule: RuleInfo, message: string, fix: string) => Finding): Finding[] {
  const { version } = postgres;
  if (!MAJORS.includes(majorOf(version))) {
    const known = MAJORS.map((each) => `version: '${each}'`).join(', ');
    return [finding(POSTGRES_VERSION, version ? `The version "${version}" of PostgreSQL is not known.` : 'It has no version.', `Write one of: ${known}.`)];
  }
  const right = dataPath(version);
  const wrong = MODES.flatMap((mode) => postgres.settings(mode).mounts ?? []).find(
    (mount) => mount.target.startsWith('/var/lib/postgresql') && mount.target.replace(/\/$/, '') !== right,
  );
  if (!wrong) return [];
  return [finding(
    POSTGRES_DATA_PATH,
    `PostgreSQL ${majorOf(version)} does not keep its data at ${wrong.target}.`,
    `Write: storage: Storage.volume() or Storage.bind('…'), which mount ${right}.`,
  )];
}
