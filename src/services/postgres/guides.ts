import type { PostgresService } from './postgres-service';
import { Guide, GuideTopic, Trouble } from '../../model/guide';
import { isPublished } from '../../model/host-port';
import { Mode } from '../../model/mode';
import { StackCommand } from '../../model/stack-command';

/** What a person types and fills in, when nothing is set. */
interface Facts {
  readonly user: string;
  readonly database: string;
  readonly password: string;
  /** Undefined when the port is not published. */
  readonly hostPort?: string;
}

function factsOf(server: PostgresService): Facts {
  const { port, hostPort } = server.endpoint('postgres');
  return {
    user: server.userVariable.defaultValue!.developmentText,
    database: server.databaseVariable.defaultValue!.developmentText,
    password: server.passwordVariable.defaultValue!.developmentText,
    hostPort: isPublished(port, Mode.DEVELOPMENT) ? hostPort.developmentText : undefined,
  };
}

/** What people should know of a PostgreSQL server. */
export function postgresGuides(server: PostgresService): Guide[] {
  if (!server.modes.includes(Mode.DEVELOPMENT)) return production(server);
  const facts = factsOf(server);
  return [
    ...connecting(server, facts), ...cheatLines(server), ...urls(server, facts), ...dumps(server, facts), persistence(server, facts),
    ...production(server),
  ];
}

function psql(facts: Facts, ...more: string[]): string[] {
  return ['psql', '-U', facts.user, '-d', facts.database, ...more];
}

function connecting(server: PostgresService, facts: Facts): Guide[] {
  const { user, database, password, hostPort } = facts;
  const heading = 'Connect';
  return [
    {
      topic: GuideTopic.DATABASE,
      heading,
      text: `The service is \`${server.serviceName}\`. These values hold until \`.env\` says otherwise.`,
      commands: [
        StackCommand.exec('In the container: no password, nothing to install', server, psql(facts), { interactive: true }),
        ...(hostPort === undefined ? [] : [
          StackCommand.host('With psql on your machine; it asks for the password', `psql -h localhost -p ${hostPort} -U ${user} -d ${database}`, { interactive: true }),
        ]),
      ],
    },
    ...(hostPort === undefined ? [] : [{
      topic: GuideTopic.DATABASE,
      heading,
      text: 'In a graphical client (DBeaver, pgAdmin, TablePlus, Postico):',
      facts: {
        Host: '`localhost`',
        Port: `\`${hostPort}\``,
        Database: `\`${database}\``,
        User: `\`${user}\``,
        Password: `\`${server.passwordVariable.variableName}\` of \`.env\`, else \`${password}\``,
      },
    }]),
  ];
}

function cheatLines(server: PostgresService): Guide[] {
  return [{
    topic: GuideTopic.DATABASE,
    heading: 'Connect',
    text: `In psql, \`\\l\` lists the databases, \`\\dt\` the tables, \`\\d NAME\` describes one, and \`\\q\` leaves; \`SELECT version();\` says ${server.version}.`,
  }];
}

function urls(server: PostgresService, { user, database, password, hostPort }: Facts): Guide[] {
  const url = (driver: string, place: string) => `\`${driver}://${user}:${password}@${place}/${database}\``;
  const inside = `${server.serviceName}:5432`;
  return [{
    topic: GuideTopic.DATABASE,
    heading: 'As a URL',
    text: 'A special character of a password (`@`, `/`, `:`, `#`) must be percent-encoded in a URL. SQLAlchemy\'s asynchronous engine wants `postgresql+asyncpg://`.',
    facts: {
      'for a container': url('postgresql+asyncpg', inside),
      ...(hostPort === undefined ? {} : { 'on your machine': url('postgresql+asyncpg', `localhost:${hostPort}`) }),
      'other clients': url('postgresql', hostPort === undefined ? inside : `localhost:${hostPort}`),
    },
  }];
}

function dumps(server: PostgresService, facts: Facts): Guide[] {
  return [{
    topic: GuideTopic.DATABASE,
    heading: 'Backup and restore',
    text: 'A dump is consistent while everything runs. This one is plain SQL. Restored, it replaces the tables that it has, wholly or not at all; what was added since, and it does not know, stays:',
    commands: [
      StackCommand.exec(
        'Save', server, ['pg_dump', '-U', facts.user, '-d', facts.database, '--clean', '--if-exists'], { outputFile: 'backup.sql' },
      ),
      StackCommand.exec(
        'Restore', server, psql(facts, '--quiet', '--single-transaction', '--set', 'ON_ERROR_STOP=1'), { inputFile: 'backup.sql', destructive: true },
      ),
    ],
  }];
}

function persistence(server: PostgresService, facts: Facts): Guide {
  const run = (remark: string, statement: string) => StackCommand.exec(remark, server, psql(facts, '-c', statement));
  return {
    topic: GuideTopic.DATABASE,
    heading: 'See that data stays',
    commands: [
      run('Write something', 'CREATE TABLE persistence_check (note text)'),
      run('', "INSERT INTO persistence_check VALUES ('still here')"),
      StackCommand.remove('Remove the containers, and start again'),
      StackCommand.start(''),
      run('Read it, and tidy up', 'SELECT note FROM persistence_check'),
      run('', 'DROP TABLE persistence_check'),
    ],
  };
}

function production(server: PostgresService): Guide[] {
  if (!server.modes.includes(Mode.PRODUCTION)) return [];
  return [{
    topic: GuideTopic.PRODUCTION,
    points: [
      `\`${server.serviceName}\` is dumped on a schedule, kept on another machine, and a dump was restored. Or it is a managed database (\`ExternalPostgres\`).`,
      `\`${server.userVariable.variableName}\` is the superuser of \`${server.serviceName}\`: what works with the data logs in as a user with the rights that it needs.`,
    ],
  }];
}

/** What goes wrong with a PostgreSQL server. */
export function postgresTroubles(server: PostgresService): Trouble[] {
  if (!server.modes.includes(Mode.DEVELOPMENT)) return [];
  const facts = factsOf(server);
  const { serviceName } = server;
  const change = `psql -U ${facts.user} -d ${facts.database} -c "\\password"`;
  return [
    {
      symptom: `\`${serviceName}\` is up, and the database is not ready`,
      cause: 'At the first start the image makes the data, for some seconds. It logs `ready to accept connections` twice; the second time counts.',
      checks: [
        StackCommand.exec('Says "accepting connections"', server, ['pg_isready', '-h', '127.0.0.1', '-U', facts.user, '-d', facts.database]),
        StackCommand.logs('', server),
      ],
      fix: 'Wait until it is healthy, as `--wait` does. Its whole log is the container\'s; there is no file.',
    },
    {
      symptom: `password authentication failed for user "${facts.user}"`,
      cause: `The data remembers the password of its first start: a later change of \`${server.passwordVariable.variableName}\` does not reach it.`,
      fix: 'Write the old password back, or change it in the server and then in `.env`.',
      remedies: [
        StackCommand.exec('Asks for a new password', server, change.split(' ').map((word) => word.replace(/"/g, '')), { interactive: true }),
      ],
    },
    ...(facts.hostPort === undefined ? [] : [{
      symptom: `Port ${facts.hostPort} belongs to a PostgreSQL on your machine`,
      cause: 'One was installed there, and started with the machine.',
      fix: `Stop it, or write \`${server.endpoint('postgres').hostPortVariable.variableName}=${Number(facts.hostPort) + 1}\` to \`.env\`. The port inside stays 5432.`,
      remedies: [
        StackCommand.host('macOS, with Homebrew', 'brew services stop postgresql', { situational: true }),
        StackCommand.host('Linux', 'sudo systemctl stop postgresql', { situational: true }),
      ],
    }]),
    {
      symptom: `\`${serviceName}\` restarts again and again`,
      cause: 'Its log says why: data of another major version (`database files are incompatible`), a full disk, damaged files.',
      checks: [StackCommand.logs('', server), StackCommand.exec('How full its disk is, when it runs', server, ['df', '-h'])],
      fix: 'A new major version cannot read old data: go back to the old version, dump, and restore into the new one. Damaged data is replaced by a backup.',
      remedies: [StackCommand.host('Deletes all data of this stack, after asking; then restore', './scripts/reset.sh', { destructive: true }), StackCommand.start('')],
    },
  ];
}
