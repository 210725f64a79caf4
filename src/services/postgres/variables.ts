import { PostgresProps } from './props';
import { Mount } from '../../model/mount';
import { Value } from '../../model/value';
import { Variable } from '../../model/variable';

/** What the settings of a server are called, and where their values are kept. */
interface Place {
  readonly prefix: string;
  readonly serviceName: string;
  readonly section: string;
  readonly storedIn: Mount;
}

/** The operator's settings that a server is initialised with. */
export interface PostgresVariables {
  readonly user: Variable;
  readonly password: Variable;
  readonly database: Variable;
}

/** Those of a server. */
export function postgresVariables(props: PostgresProps, { prefix, serviceName, section, storedIn }: Place): PostgresVariables {
  const about = { section, storedIn };
  return {
    user: new Variable(`${prefix}_USER`, {
      ...about, description: 'Superuser of the database server', defaultValue: Value.literal(props.userName ?? 'app'),
    }),
    password: new Variable(`${prefix}_PASSWORD`, {
      ...about,
      description: 'Password of that user',
      defaultValue: Value.literal(props.developmentPassword ?? 'dev_password_change_in_production'),
      secret: true,
      howToChange: `docker compose exec ${serviceName} sh -c 'psql -U "$POSTGRES_USER" -d "$POSTGRES_DB" -c "\\password"', then write the new one to .env`,
    }),
    database: new Variable(`${prefix}_DB`, {
      ...about, description: 'Name of the database', defaultValue: Value.literal(props.databaseName ?? 'app'),
    }),
  };
}
