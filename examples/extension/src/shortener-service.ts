import { readFileSync } from 'fs';
import { join } from 'path';
import { Construct } from 'constructs';
import {
  BuildPhase, Dockerfile, Endpoint, GuideTopic, HealthCheck, HealthCheckClient, IDatabase, Service, ServiceProps, ServiceRole, SmokeCheck, StackCommand,
  TextFile, Value,
} from 'projen-stack';

/** As deep under `src` as under `lib`: npm ships both folders beside each other. */
const PROGRAM = join(__dirname, '..', 'assets', 'shortener', 'shortener.py');

/**
 * The properties of a link shortener.
 */
export interface ShortenerProps extends ServiceProps {
  /** The database that keeps the links. */
  readonly database: IDatabase;

  /**
   * What short links begin with, as people type them.
   *
   * @default - the address on the host
   */
  readonly baseUrl?: string;
}

/**
 * Acme's link shortener: short paths that lead to long addresses, kept in a database.
 */
export class ShortenerService extends Service {
  /** Describes the image; further packages and steps are added to it. */
  public readonly dockerfile: Dockerfile;

  /**
   * @param scope the stack, or a construct in it
   * @param id the id, which is also the service's name
   * @param props the database, and how the container is run
   */
  constructor(scope: Construct, id: string, props: ShortenerProps) {
    const { database, baseUrl, ...settings } = props;
    // What whoever uses the class says wins over what the class says.
    super(scope, id, Service.merge({
      description: 'Link shortener',
      role: ServiceRole.BACKEND,
      ports: [{ name: 'http', port: 8080, hostPort: 8090 }],
      healthCheck: HealthCheck.http('/health', { port: 'http', client: HealthCheckClient.PYTHON }),
      production: { readOnly: true, capDrop: ['ALL'] },
    }, settings));

    this.dockerfile = this.describeImage();
    this.addSettings({ imageBuild: this.dockerfile.imageBuild() });

    const address = this.addVariable('SHORTENER_BASE_URL', {
      description: 'What short links begin with',
      defaultValue: baseUrl === undefined ? this.http.hostUrl : Value.literal(baseUrl),
    });
    const token = this.addSecret('SHORTENER_TOKEN', { description: 'Whoever makes a link gives it' });
    this.addEnvironment('BASE_URL', Value.of(address));
    this.addEnvironment('TOKEN', Value.of(token));
    this.connect(database);

    const list = ['python', 'shortener.py', 'list'];
    this.addTask({ taskName: `${this.serviceName}:list`, description: 'List the links', command: list });
    this.addSmokeCheck(SmokeCheck.http('answers, with its database', { port: 'http', path: '/health', expect: '"links": [0-9]+' }));
    this.addGuide({
      topic: GuideTopic.COMMANDS,
      heading: 'Short links',
      text: 'A link is made with the token of `.env`: `POST /docs` with the long address as its body, and `Authorization: Bearer …`.',
      commands: [StackCommand.exec('All links', this, list)],
    });
    this.addTrouble({
      symptom: '`401` when a link is made',
      cause: 'The token is not the one that the container was started with.',
      fix: 'Take it from `.env`, and start the stack again after a change there.',
    });
  }

  /** The port on which it answers. */
  public get http(): Endpoint {
    return this.endpoint('http');
  }

  private describeImage(): Dockerfile {
    const folder = this.serviceName;
    new TextFile(this, 'program', { file: `${folder}/shortener.py`, content: readFileSync(PROGRAM, 'utf8') });
    const dockerfile = new Dockerfile(this, 'Dockerfile', { file: `${folder}/Dockerfile`, description: 'Acme\'s link shortener' });
    const stage = dockerfile.addStage('production', { base: 'python:3.13-slim' });
    stage.addEnvironment('PYTHONUNBUFFERED', '1');
    stage.workingDir('/app');
    stage.run('python -m venv /opt/venv && /opt/venv/bin/pip install --no-cache-dir "psycopg[binary]==3.3.*"', { phase: BuildPhase.DEPENDENCIES });
    stage.addEnvironment('PATH', '/opt/venv/bin:$PATH', { expand: true });
    stage.copy(['shortener.py'], './');
    stage.expose(8080);
    stage.user('1000:1000');
    stage.command(['python', 'shortener.py']);
    return dockerfile;
  }
}
