import { RuleInfo, Severity } from '../../model/finding';

/** The version of PostgreSQL is one that this library knows. */
export const POSTGRES_VERSION: RuleInfo = {
  ruleId: 'PS101',
  severity: Severity.ERROR,
  title: 'PostgreSQL has a version that is known',
  reason: 'Where a server keeps its data depends on its major version; with a wrong path the data is lost with the container.',
};

/** The data of PostgreSQL is where the major version keeps it. */
export const POSTGRES_DATA_PATH: RuleInfo = {
  ruleId: 'PS102',
  severity: Severity.ERROR,
  title: 'The data of PostgreSQL is mounted where its major version keeps it',
  reason: 'Up to 17 it is /var/lib/postgresql/data; from 18 on the image wants the folder above, and refuses to start otherwise.',
};

/** A server parameter can be written on the command line. */
export const POSTGRES_PARAMETER: RuleInfo = {
  ruleId: 'PS103',
  severity: Severity.ERROR,
  title: 'A server parameter has a name that PostgreSQL can read',
  reason: 'The server does not start with an argument that it cannot read.',
};
