import { Construct } from 'constructs';
import { CeleryProcess } from './celery-process';
import { flowerChecks } from './checks';
import { flowerGuides } from './guides';
import { FlowerProps } from './props';
import { carry, propsOf } from '../../model/given';
import { Guide } from '../../model/guide';
import { HealthCheck, HealthCheckClient } from '../../model/health-check';
import { Mode } from '../../model/mode';
import { toVariableName } from '../../model/names';
import { refusesOtherProperties } from '../../model/property-names';
import { Service } from '../../model/service';
import { ServiceRole } from '../../model/service-role';
import { SmokeCheck } from '../../model/smoke-check';
import { Value } from '../../model/value';
import { Variable } from '../../model/variable';

const PORT = 5555;

/**
 * Flower: shows the workers and tasks of a backend in a browser, behind a login. It is a tool of developers, started with the profile
 * `tools`, and not in production.
 *
 * @see https://flower.readthedocs.io
 */
export class Flower extends CeleryProcess {
  private readonly login: Variable[];

  /**
   * @param scope the stack, or a construct in it
   * @param id the id, which is also the service's name
   * @param props the backend
   */
  constructor(scope: Construct, id: string, props: FlowerProps) {
    props = propsOf(scope, id, 'FlowerProps', props);
    const { backend, celeryModule, hostPort, ...given } = props;
    const prefix = toVariableName(props.serviceName ?? id);
    const section = props.description ?? 'Flower';
    const user = new Variable(`${prefix}_USER`, { section, description: 'Login of Flower', defaultValue: Value.literal('admin') });
    const password = new Variable(`${prefix}_PASSWORD`, { section, description: 'Password of that login', secret: true });
    super(scope, id, backend, Service.merge({
      description: 'Flower',
      role: ServiceRole.TOOL,
      modes: [Mode.DEVELOPMENT],
      profiles: ['tools'],
      command: Value.literals('celery', '-A', celeryModule ?? `${backend.packageName}.worker`, 'flower', `--port=${PORT}`),
      environment: { FLOWER_BASIC_AUTH: Value.concat(Value.of(user), Value.literal(':'), Value.of(password)) },
      ports: [{ name: 'http', port: PORT, hostPort, variableName: `${prefix}_PORT` }],
      healthCheck: HealthCheck.http('/healthcheck', { port: 'http', client: HealthCheckClient.PYTHON }),
      // As for the backend: Flower listens to signals late, and Python as the first process would hear none until then.
      development: { initProcess: true },
    }, given));
    carry(props, this);
    this.login = [user, password];
  }

  /**
   * With what one logs in.
   */
  public credentials(): Variable[] {
    return [...this.login];
  }

  /**
   * How it is opened.
   */
  public guides(): Guide[] {
    return [...super.guides(), ...flowerGuides(this)];
  }

  /**
   * What proves it: it asks for its login, and takes it.
   */
  public smokeChecks(): SmokeCheck[] {
    return [...super.smokeChecks(), ...flowerChecks(this)];
  }
}

refusesOtherProperties(Flower, 'FlowerProps');
