import { existsSync } from 'fs';
import { join } from 'path';
import { FrontendLayout, LOCK_FILES } from './layout';
import { HEALTH_PATH } from './nginx';
import { NodePackageManager } from './options';
import { ViteProps } from './props';
import { browserUrl, isAbsolute, upstreamsOf } from './routes';
import {
  BROWSER_URL, FRONTEND_VALUE, LOCK_FILE, NODE_VERSION, PACKAGE_MANAGER, PUBLIC_NAME, PUBLIC_SECRET, ROUTE_PREFIX,
} from './rules';
import { namedPackageManager } from './sample';
import type { ViteFrontend } from './vite-frontend';
import { Finding, RuleInfo } from '../../model/finding';
import { requireStack, stackFolder } from '../../model/group';
import { MODES } from '../../model/mode';
import { toVariableName } from '../../model/names';
import { Service } from '../../model/service';
import { taskCommandOf } from '../../model/task-command';
import { Value } from '../../model/value';

type Report = (rule: RuleInfo, message: string, fix: string) => Finding;

/** What Vite, vitest and the linter run on. */
const NODE_VERSIONS = ['22', '24'];

/** Names that nobody gives to something that everybody may read. */
const SECRET_NAME = /(^|_)(SECRET|PASSWORD|PASSWD|PRIVATE_KEY|CREDENTIALS?)(_|$)/;

/** Paths that the web server answers itself. */
const OWN_PATHS = ['/', '/assets', '/config.js', HEALTH_PATH];

/** What only a frontend knows of itself. */
export function frontendFindings(frontend: ViteFrontend, props: ViteProps, layout: FrontendLayout, report: Report): Finding[] {
  return [
    ...publicFindings(frontend, props, report),
    ...routeFindings(props, report),
    ...valueFindings(props, layout, report),
    ...packageFindings(frontend, props, layout, report),
  ];
}

/** What the browser is told: no secret, and no name that only containers know. */
function publicFindings(frontend: ViteFrontend, props: ViteProps, report: Report): Finding[] {
  const services = Service.servicesOf(requireStack(frontend, frontend.node.id, 'ViteFrontend')).map((service) => service.serviceName);
  const found = new Map<string, Finding>();
  const add = (rule: RuleInfo, message: string, fix: string) => found.set(message, report(rule, message, fix));
  for (const mode of MODES.filter((each) => frontend.modes.includes(each))) {
    const { environment, imageBuild } = frontend.settings(mode);
    for (const [key, value] of Object.entries({ ...imageBuild?.args, ...environment })) {
      if (!key.startsWith('VITE_')) continue;
      const secret = value.variables.flatMap((variable) => variable.withReferences).find((variable) => variable.secret);
      if (secret) {
        add(PUBLIC_SECRET, `${key} holds the secret ${secret.variableName}.`, 'Let the backend use it; the page asks the backend.');
      } else if (SECRET_NAME.test(key)) {
        add(PUBLIC_SECRET, `${key} is the name of a secret.`, 'Let the backend hold it, or give it a name that says that everybody may read it.');
      }
      const service = serviceIn(textOf(value), services);
      if (service) {
        add(BROWSER_URL, `${key} is "${textOf(value)}", and no browser knows the service ${service}.`, fixFor(props));
      }
    }
  }
  for (const name of Object.keys(props.publicVariables ?? {}).filter((each) => !/^VITE_[A-Za-z0-9_]+$/.test(each))) {
    found.set(name, report(PUBLIC_NAME, `The public variable "${name}" does not reach the page.`, `Write: publicVariables: { VITE_${toVariableName(name)}: {} }.`));
  }
  return [...found.values()];
}

function fixFor({ api }: ViteProps): string {
  const path = browserUrl({ api }, MODES[0]) ?? '/api';
  return `Write a path, which the web server passes on: apiUrl: '${path}', or a URL that browsers reach: apiUrl: 'https://api.example.com'.`;
}

/** The service whose name is the host of a URL. */
function serviceIn(text: string, services: readonly string[]): string | undefined {
  const host = /^(?:[a-z][a-z0-9+.-]*:)?\/\/(?:[^/@]*@)?([^/:?#]+)/i.exec(text)?.[1]?.toLowerCase();
  return host === undefined ? undefined : services.find((service) => service === host);
}

const textOf = (value: Value) => value.parts.map((part) => part.text ?? part.variable?.defaultValue?.developmentText ?? '').join('');

function routeFindings(props: ViteProps, report: Report): Finding[] {
  const found = new Map<string, Finding>();
  const wrong = (message: string, fix: string) => found.set(message, report(ROUTE_PREFIX, message, fix));
  for (const mode of MODES) {
    const taken = new Map<string, string>();
    for (const { api, prefixes } of upstreamsOf(props, mode)) {
      for (const prefix of prefixes) {
        const better = `/${prefix.replace(/[?#].*$/, '').replace(/[^A-Za-z0-9._~/-]+/g, '-').replace(/^\/+|\/+$/g, '')}`;
        if (OWN_PATHS.includes(better)) {
          wrong(`The prefix "${prefix}" is a path that the web server answers itself.`, "Write another one: prefix: '/search'.");
        } else if (prefix !== better) {
          wrong(`The prefix "${prefix}" is not the beginning of a path.`, `Write: prefix: '${better}'.`);
        }
        const other = taken.get(prefix);
        const name = api.provider?.serviceName ?? 'an API elsewhere';
        if (other !== undefined) wrong(`The prefix "${prefix}" belongs to ${other} and to ${name}.`, 'Write a prefix of its own for each.');
        taken.set(prefix, name);
      }
    }
  }
  return [...found.values()];
}

function valueFindings(props: ViteProps, layout: FrontendLayout, report: Report): Finding[] {
  const found: Finding[] = [];
  const wrong = (message: string, fix: string) => found.push(report(FRONTEND_VALUE, message, fix));
  const outside = (path: string) => path === '' || path.startsWith('/') || path.split('/').includes('..');
  if (outside(layout.dir)) wrong(`The folder "${layout.dir}" of the frontend is not one below the stack's.`, "Write: dir: 'frontend', or dir: '.'.");
  for (const [property, paths] of Object.entries({ sourceFolders: props.sourceFolders, mountedFiles: props.mountedFiles })) {
    for (const path of (paths ?? []).filter(outside)) wrong(`${property} has "${path}", which is not in ${layout.dir}.`, `Write a path in it: ${property}: ['${property === 'mountedFiles' ? 'index.html' : 'src'}'].`);
  }
  for (const path of (props.sourceFolders ?? []).filter((each) => /^(\.|\.\/|node_modules)/.test(each) && !outside(each))) {
    wrong(`sourceFolders has "${path}", whose node_modules would hide those of the container.`, "Write the folders that you edit: sourceFolders: ['src', 'public'].");
  }
  const urls = new Set([props.apiUrl, props.development?.apiUrl, props.production?.apiUrl]);
  for (const url of urls) {
    if (url === undefined || (isAbsolute(url) ? /^https?:\/\/[A-Za-z0-9.[\]:-]+(\/[^\s"'\\?#]*)?$/.test(url) : /^\/([^\s"'\\?#/][^\s"'\\?#]*)?$/.test(url))) continue;
    wrong(`"${url}" is no URL for the browser.`, "Write a path (apiUrl: '/api/v1') or a URL with http or https (apiUrl: 'https://api.example.com').");
  }
  const size = props.maxRequestSize;
  if (size !== undefined && !/^\d+[kKmMgG]?$/.test(size)) wrong(`The size "${size}" of a request cannot be read.`, "Write: maxRequestSize: '10M'.");
  for (const host of (props.allowedHosts ?? []).filter((each) => !/^\.?[A-Za-z0-9][A-Za-z0-9.-]*$/.test(each))) {
    wrong(`"${host}" is no host name.`, "Write a name without scheme and port, with a dot in front for all names below it: allowedHosts: ['.example.test'].");
  }
  for (const [directive, sources] of Object.entries(props.contentSecurityPolicy ?? {})) {
    if (/^[a-z]+(-[a-z]+)*$/.test(directive) && !/[;,"\\$\n]/.test(sources)) continue;
    wrong(`The directive "${directive}" of the policy cannot be "${sources}".`, "Write: contentSecurityPolicy: { 'img-src': 'https://cdn.example.com' }.");
  }
  return found;
}

function packageFindings(frontend: ViteFrontend, { nodeVersion = '24' }: ViteProps, layout: FrontendLayout, report: Report): Finding[] {
  const found: Finding[] = [];
  if (!new RegExp(`^(${NODE_VERSIONS.join('|')})(\\.\\d+){0,2}$`).test(nodeVersion)) {
    found.push(report(NODE_VERSION, `The version "${nodeVersion}" of Node.js is not supported.`, `Write one of: ${NODE_VERSIONS.map((each) => `nodeVersion: '${each}'`).join(', ')}.`));
  }
  const { packageManager } = layout;
  const named = namedPackageManager(frontend, layout);
  if (named && named.name !== packageManager) {
    const known = Object.values(NodePackageManager).find((each) => each === named.name);
    found.push(report(
      PACKAGE_MANAGER, `${layout.within('package.json')} names ${named.name} as package manager, and the frontend is built with ${packageManager}.`,
      `Write: packageManager: NodePackageManager.${(known ?? packageManager).toUpperCase()}${known ? ', or change package.json' : ` and "packageManager": "${packageManager}@…" in package.json`}.`,
    ));
  }
  const exists = (file: string) => existsSync(join(stackFolder(frontend), layout.within(file)));
  if (exists('package.json') && !exists(LOCK_FILES[packageManager])) {
    found.push(report(LOCK_FILE, `There is no ${layout.within(LOCK_FILES[packageManager])}.`, `Run: ${taskCommandOf(frontend)} ${frontend.serviceName}:lock, and commit what it writes.`));
  }
  return found;
}
