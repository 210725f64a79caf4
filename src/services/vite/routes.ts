import { ViteProps } from './props';
import { HttpApi } from '../../model/http-api';
import { Mode } from '../../model/mode';
import { toVariableName } from '../../model/names';

/** The API at one place, and what of the paths is passed on to it. */
export interface Upstream {
  readonly api: HttpApi;
  /** What begins its variable in the web server's environment: `BACKEND` gives `BACKEND_URL`. */
  readonly variableName: string;
  readonly prefixes: readonly string[];
  readonly stripPrefix: boolean;
}

/** Where the browser finds the API in a mode; undefined when there is none. */
export function browserUrl(props: ViteProps, mode: Mode): string | undefined {
  const api = props.api?.httpApi();
  return props[mode]?.apiUrl ?? props.apiUrl ?? (api && (api.basePath ?? api.prefixes[0]));
}

/** Whether the browser asks another origin than the page's. */
export function isAbsolute(url: string): boolean {
  return /^[a-z][a-z0-9+.-]*:|^\/\//i.test(url);
}

/** The origin of a URL, for a policy that names origins; empty for a path. */
export function originOf(url: string | undefined): string {
  if (url === undefined || !isAbsolute(url)) return '';
  try {
    return new URL(url).origin;
  } catch {
    return '';
  }
}

/** What the web server of a mode passes on, to whom. */
export function upstreamsOf(props: ViteProps, mode: Mode): Upstream[] {
  const api = props.api?.httpApi();
  const url = browserUrl(props, mode);
  const passedOn = api !== undefined && url !== undefined && !isAbsolute(url);
  return [
    ...(passedOn ? [{ api, variableName: nameOf(api, api.prefixes[0] ?? 'API'), prefixes: api.prefixes, stripPrefix: false }] : []),
    ...(props.routes ?? []).map(({ prefix, api: other, stripPrefix }) => {
      const described = other.httpApi();
      return { api: described, variableName: nameOf(described, prefix), prefixes: [prefix], stripPrefix: stripPrefix ?? false };
    }),
  ];
}

function nameOf({ provider }: HttpApi, prefix: string): string {
  return `${toVariableName(provider?.serviceName ?? prefix)}_URL`;
}
