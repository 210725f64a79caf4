import { Construct } from 'constructs';
import { adminerChecks } from './checks';
import { adminerGuides } from './guides';
import { AdminerProps } from './props';
import { ADMINER_DESIGN, ADMINER_PLACE, ADMINER_SERVER } from './rules';
import { Connection } from '../../model/connection';
import { StackElement } from '../../model/element';
import { Endpoint } from '../../model/endpoint';
import { Finding } from '../../model/finding';
import { carry, propsOf } from '../../model/given';
import { Guide } from '../../model/guide';
import { HealthCheck } from '../../model/health-check';
import { hostAddressOf } from '../../model/host-port';
import { Mode } from '../../model/mode';
import { toVariableName } from '../../model/names';
import { nearest } from '../../model/nearest';
import { refusesOtherProperties } from '../../model/property-names';
import { Service } from '../../model/service';
import { ServiceRole } from '../../model/service-role';
import { SmokeCheck } from '../../model/smoke-check';
import { Value } from '../../model/value';

/** The designs that have a style sheet of the name that the image links, in every release of Adminer 5. */
const DESIGNS = [
  'brade', 'bueltge', 'esterka', 'flat', 'haeckel', 'hever', 'konya', 'lucas-sandery', 'mvt', 'nette', 'ng9', 'nicu', 'pappu687', 'paranoiq',
  'pepa-linha', 'pokorny', 'price', 'rmsoft', 'rmsoft_blue', 'rmsoft_blue-dark',
];

const POSTGRES_PORT = '5432';

/**
 * Adminer: shows a database in the browser, behind the login of that database. It is a tool of developers, started with the profile
 * `tools`, and not in production.
 *
 * @see https://hub.docker.com/_/adminer
 */
export class Adminer extends Service {
  private readonly connection: Connection;
  private readonly design?: string;

  /**
   * @param scope the stack, or a construct in it
   * @param id the id, which is also the service's name
   * @param props the database
   */
  constructor(scope: Construct, id: string, props: AdminerProps) {
    props = propsOf(scope, id, 'AdminerProps', props);
    const { database, version, design, hostPort, ...given } = props;
    const connection = database.connection();
    super(scope, id, Service.merge({
      description: 'Adminer',
      role: ServiceRole.TOOL,
      modes: [Mode.DEVELOPMENT],
      profiles: ['tools'],
      image: `adminer:${version ?? '5'}`,
      environment: {
        ADMINER_DEFAULT_SERVER: serverOf(connection) ?? Value.literal(''),
        ...(design === undefined ? {} : { ADMINER_DESIGN: Value.literal(design) }),
      },
      ports: [{ name: 'http', port: 8080, hostPort, variableName: `${toVariableName(props.serviceName ?? id)}_PORT` }],
      dependsOn: connection.provider ? [{ service: connection.provider }] : [],
      healthCheck: HealthCheck.http('/', { port: 'http', timing: { interval: '30s', startPeriod: '10s' } }),
      // PHP as the first process hears no signal: every stop would take ten seconds and end with 137.
      initProcess: true,
      capDrop: ['ALL'],
      securityOpt: ['no-new-privileges:true'],
    }, given));
    carry(props, this);
    const reached = connection.provider ?? (StackElement.isStackElement(database) ? database : undefined);
    if (reached) this.addConnection({ target: reached });
    this.connection = connection;
    this.design = design;
  }

  /** The port on which its pages are. */
  public get page(): Endpoint {
    return this.endpoint('http');
  }

  /** The login page for programs on the host, with everything filled in but the password. */
  public get loginUrl(): Value {
    const { parts } = this.connection;
    const fields = { pgsql: serverOf(this.connection), username: parts?.USER, db: parts?.NAME };
    const query = Object.entries(fields).filter(([, value]) => value !== undefined).map(([key, value]) => Value.concat(Value.literal(`${key}=`), value!));
    return Value.concat(this.page.hostUrl, Value.literal('/?'), ...query.flatMap((value, index) => (index > 0 ? [Value.literal('&'), value] : [value])));
  }

  /**
   * What proves it: its login page.
   */
  public smokeChecks(): SmokeCheck[] {
    return [...super.smokeChecks(), ...adminerChecks(this)];
  }

  /**
   * How it is opened.
   */
  public guides(): Guide[] {
    return [...super.guides(), ...adminerGuides(this)];
  }

  /**
   * What only Adminer knows of itself: its server, its design, and that it is for developers.
   */
  public findings(): Finding[] {
    const found = super.findings();
    if (!serverOf(this.connection)) {
      found.push(this.finding(ADMINER_SERVER, 'The database is known as one URL only.', 'Give host, name and user where the database is declared, instead of the URL.'));
    }
    if (this.design !== undefined && !DESIGNS.includes(this.design)) {
      const near = nearest(this.design, DESIGNS);
      found.push(this.finding(ADMINER_DESIGN, `The image has no design "${this.design}".`, `Write ${near ? `design: '${near}', or ` : ''}one of: ${DESIGNS.join(', ')}.`));
    }
    if (this.modes.includes(Mode.PRODUCTION)) {
      found.push(this.finding(ADMINER_PLACE, 'It would be there in production.', 'Leave modes out.'));
    }
    for (const address of new Set((this.settings(Mode.DEVELOPMENT).ports ?? []).map(hostAddressOf))) {
      if (/^(127\.|::1$|localhost$)/.test(address)) continue;
      found.push(this.finding(ADMINER_PLACE, `It would be published on ${address}.`, 'Leave hostAddress out: it is 127.0.0.1 then.'));
    }
    return found;
  }
}

/** What the login page takes as server: the host, with a port where that is not the usual one. */
function serverOf({ parts }: Connection): Value | undefined {
  if (!parts?.HOST) return undefined;
  const usual = parts.PORT === undefined || (parts.PORT.isLiteral && parts.PORT.developmentText === POSTGRES_PORT);
  return usual ? parts.HOST : Value.concat(parts.HOST, Value.literal(':'), parts.PORT);
}

refusesOtherProperties(Adminer, 'AdminerProps');
