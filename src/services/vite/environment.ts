import { ViteProps } from './props';
import { browserUrl, originOf, upstreamsOf } from './routes';
import { Mode } from '../../model/mode';
import { Value } from '../../model/value';
import { Variable } from '../../model/variable';

/** What a frontend is told by its environment. */
export class FrontendEnvironment {
  /**
   * @param props the properties of the frontend
   * @param serviceName the name of the service
   * @param section the heading of the settings
   * @param variablePrefix what the names of the operator's settings begin with
   * @param title what the page calls itself
   */
  constructor(
    private readonly props: ViteProps, private readonly serviceName: string, private readonly section: string,
    private readonly variablePrefix: string, private readonly title: string,
  ) {}

  /** What holds in a mode. */
  public in(mode: Mode): { [key: string]: Value } {
    const url = browserUrl(this.props, mode);
    return {
      ...(mode === Mode.DEVELOPMENT ? this.development() : this.production()),
      ...(url === undefined ? {} : { VITE_API_BASE_URL: Value.literal(url) }),
      VITE_APP_TITLE: Value.literal(this.title),
      ...Object.fromEntries(Object.entries(this.props.publicVariables ?? {}).map(([name, options]) => [
        name, Value.of(new Variable(name, { section: this.section, ...options })),
      ])),
    };
  }

  /** For `vite.config.ts`, which reads everything from here that depends on the definition. */
  private development(): { [key: string]: Value } {
    const { api, allowedHosts = [], polling } = this.props;
    const document = api?.httpApi();
    const rules = upstreamsOf(this.props, Mode.DEVELOPMENT).flatMap((upstream) => upstream.prefixes.map((prefix) => (
      [Value.literal(`${prefix}=`), upstream.api.url, Value.literal(upstream.stripPrefix ? '/' : '')]
    )));
    return {
      DEV_ALLOWED_HOSTS: Value.literal([this.serviceName, ...allowedHosts].join(',')),
      DEV_POLLING: Value.of(new Variable(`${this.variablePrefix}_POLLING`, {
        section: this.section,
        description: 'Whether file changes are looked for by polling (true), for mounts whose events do not arrive; it costs processor time',
        defaultValue: Value.literal(String(polling ?? false)),
      })),
      DEV_PROXY: Value.concat(...rules.flatMap((rule, index) => [...(index > 0 ? [Value.literal(',')] : []), ...rule])),
      ...(document?.documentPath ? { API_DOCUMENT: Value.concat(document.url, Value.literal(document.documentPath)) } : {}),
    };
  }

  /** For the template of the web server's configuration. */
  private production(): { [key: string]: Value } {
    const upstreams = upstreamsOf(this.props, Mode.PRODUCTION);
    return {
      ...Object.fromEntries(upstreams.map(({ api, variableName }) => [variableName, api.url])),
      CSP_CONNECT_SRC: Value.literal(originOf(browserUrl(this.props, Mode.PRODUCTION))),
      ...(upstreams.length > 0 ? { MAX_REQUEST_SIZE: Value.literal((this.props.maxRequestSize ?? '10M').toLowerCase()) } : {}),
    };
  }
}
