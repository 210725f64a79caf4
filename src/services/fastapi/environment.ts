import { LOG_DIR } from './layout';
import { LogLevel } from './options';
import { FastApiProps } from './props';
import { Mode } from '../../model/mode';
import { Value } from '../../model/value';
import { SecretFormat, Variable, VariableOptions } from '../../model/variable';

/** Where the pages come from that a developer has open. */
const LOCAL_ORIGINS = ['http://localhost:3000'];

/** What a backend is told by its environment, apart from its connections. */
export class BackendEnvironment {
  /**
   * @param props the properties of the backend
   * @param appName what the application calls itself
   * @param section the heading of the settings
   * @param variablePrefix what the names of the operator's settings begin with
   */
  constructor(
    private readonly props: FastApiProps, private readonly appName: string, private readonly section: string, private readonly variablePrefix: string,
  ) {}

  /** What holds in both modes. */
  public get common(): { [key: string]: Value } {
    const { variables = {}, apiKeys = [] } = this.props;
    const keys = Object.fromEntries(apiKeys.map((key) => [key, {
      description: 'Key that a third party issues; what needs it is off without', secret: true, secretFormat: SecretFormat.GIVEN, required: false,
    }]));
    const further = Object.entries({ ...variables, ...keys })
      .map(([key, options]) => [key, Value.of(new Variable(key, { section: this.section, ...options }))]);
    return {
      ...this.prefixed({
        APP_NAME: Value.literal(this.appName),
        SECRET_KEY: this.setting('SECRET_KEY', { description: 'Signs what the API hands out, such as tokens', secret: true }),
      }),
      ...Object.fromEntries(further),
    };
  }

  /**
   * What holds in one mode. What the definition says for production alone holds there as it stands; the rest is left to the
   * operator, and what the definition says is the default in development.
   */
  public in(mode: Mode): { [key: string]: Value } {
    const { props } = this;
    const said = props[mode] ?? {};
    const development = props.development ?? {};
    const level = development.logLevel ?? props.logLevel ?? LogLevel.INFO;
    const origins = development.corsOrigins ?? props.corsOrigins ?? LOCAL_ORIGINS;
    const fixed = mode === Mode.PRODUCTION ? said : {};
    const poolSize = said.poolSize ?? props.poolSize;
    const poolMax = said.poolMax ?? props.poolMax;
    return this.prefixed({
      ENVIRONMENT: Value.literal(mode),
      ...(mode === Mode.DEVELOPMENT ? {
        DEBUG: this.setting('DEBUG', { description: 'Whether answers and logs say more than users should see', defaultValue: Value.literal('true') }),
      } : {}),
      LOG_LEVEL: fixed.logLevel ? Value.literal(fixed.logLevel) : this.setting('LOG_LEVEL', {
        description: `How much is written to the log: ${Object.values(LogLevel).join(', ')}`, defaultValue: Value.literal(level), required: false,
      }),
      ALLOWED_ORIGINS: fixed.corsOrigins ? Value.literal(fixed.corsOrigins.join(',')) : this.setting('ALLOWED_ORIGINS', {
        description: 'Origins of other web sites that may call the API, separated by commas; * stands for any port or subdomain',
        defaultValue: Value.literal(origins.join(',')),
        required: false,
      }),
      ...(poolSize === undefined ? {} : { DB_POOL_SIZE: Value.literal(String(poolSize)) }),
      ...(poolMax === undefined ? {} : { DB_POOL_MAX: Value.literal(String(poolMax)) }),
      ...(mode === Mode.DEVELOPMENT && props.logDirectory ? { LOG_DIRECTORY: Value.literal(LOG_DIR) } : {}),
    });
  }

  private setting(key: string, options: VariableOptions): Value {
    return Value.of(new Variable(`${this.variablePrefix}${key}`, { section: this.section, ...options }));
  }

  private prefixed(values: { readonly [key: string]: Value }): { [key: string]: Value } {
    return Object.fromEntries(Object.entries(values).map(([key, value]) => [`${this.props.envPrefix ?? ''}${key}`, value]));
  }
}
