import { existsSync, readFileSync } from 'fs';
import { join } from 'path';
import type { FastApiBackend } from './fastapi-backend';
import { BackendLayout } from './layout';
import { FastApiProps } from './props';
import {
  APP_MODULE, BACKEND_VALUE, ENV_PREFIX, HAND_WRITTEN_CONNECTION, POOL_ABOVE_DEFAULT, POOL_ABOVE_LIMIT, PYTHON_VERSION, REQUIRES_PYTHON,
  SHARED_DATABASE,
} from './rules';
import { Finding, RuleInfo } from '../../model/finding';
import { stackFolder } from '../../model/group';
import { MODES } from '../../model/mode';
import { isVariableName, toVariableName } from '../../model/names';
import { PostgresService } from '../postgres/postgres-service';

type Report = (rule: RuleInfo, message: string, fix: string) => Finding;

/** What the sample and its pinned packages run on. */
const PYTHON_VERSIONS = ['3.11', '3.12', '3.13', '3.14'];

/** PostgreSQL keeps some connections for the superuser, and has 100 in all when nothing is said. */
const RESERVED = 3;
const USUAL_LIMIT = 100;

/** What only a backend knows of itself. */
export function backendFindings(backend: FastApiBackend, props: FastApiProps, layout: BackendLayout, report: Report): Finding[] {
  return [
    ...pythonFindings(backend, props, layout, report),
    ...nameFindings(props, layout, report),
    ...valueFindings(props, layout, report),
    ...connectionFindings(props, report),
    ...poolFindings(backend, props, report),
  ];
}

function pythonFindings(backend: FastApiBackend, { pythonVersion = '3.13' }: FastApiProps, layout: BackendLayout, report: Report): Finding[] {
  const minor = /^3\.\d+/.exec(pythonVersion)?.[0] ?? pythonVersion;
  if (!PYTHON_VERSIONS.includes(minor) || !/^3\.\d+(\.\d+)?$/.test(pythonVersion)) {
    return [report(PYTHON_VERSION, `The version "${pythonVersion}" of Python is not supported.`, `Write one of: ${PYTHON_VERSIONS.map((each) => `pythonVersion: '${each}'`).join(', ')}.`)];
  }
  const file = join(stackFolder(backend), layout.within('pyproject.toml'));
  const least = existsSync(file) ? /^requires-python\s*=\s*["'][^"']*>=\s*3\.(\d+)/m.exec(readFileSync(file, 'utf8'))?.[1] : undefined;
  if (least === undefined || Number(least) <= Number(minor.slice(2))) return [];
  return [report(REQUIRES_PYTHON, `The image has Python ${minor}, and ${layout.within('pyproject.toml')} requires at least 3.${least}.`, `Write: pythonVersion: '3.${least}'.`)];
}

function nameFindings({ appModule, envPrefix }: FastApiProps, layout: BackendLayout, report: Report): Finding[] {
  const found: Finding[] = [];
  if (appModule !== undefined && !new RegExp(`^${layout.packageName}(\\.[A-Za-z_]\\w*)*:[A-Za-z_][\\w.]*$`).test(appModule)) {
    found.push(report(
      APP_MODULE, `The module "${appModule}" is none of the package ${layout.packageName}, with a colon before the name in it.`,
      `Write: appModule: '${layout.packageName}.main:app', or another sourceLayout.`,
    ));
  }
  if (envPrefix !== undefined && !isVariableName(envPrefix)) {
    found.push(report(ENV_PREFIX, `The prefix "${envPrefix}" cannot begin a name.`, `Write: envPrefix: '${toVariableName(envPrefix)}_'.`));
  }
  return found;
}

function valueFindings(props: FastApiProps, layout: BackendLayout, report: Report): Finding[] {
  const found: Finding[] = [];
  const wrong = (message: string, fix: string) => found.push(report(BACKEND_VALUE, message, fix));
  if (layout.dir.startsWith('/') || layout.dir.split('/').includes('..')) {
    wrong(`The folder "${layout.dir}" of the backend is not one below the stack's.`, "Write: dir: 'backend', or dir: '.'.");
  }
  for (const settings of [props, props.development ?? {}, props.production ?? {}]) {
    const { workers, poolSize, poolMax, corsOrigins = [] } = settings;
    for (const [name, number] of Object.entries({ workers, poolSize, poolMax })) {
      if (number !== undefined && (!Number.isInteger(number) || number < 1)) wrong(`${name} is ${number}.`, `Write a whole number from 1: ${name}: ${{ workers: 2, poolSize: 5, poolMax: 20 }[name]}.`);
    }
    for (const origin of corsOrigins) {
      if (!/^(\*|[a-z][a-z0-9+.-]*:\/\/((\*\.)?[A-Za-z0-9.-]+|\[[0-9a-f:]+\])(:(\d{1,5}|\*))?)$/i.test(origin)) {
        wrong(`"${origin}" is no origin.`, "Write scheme, host and port without a path: 'https://shop.example.com', 'http://localhost:*', 'https://*.example.com'.");
      }
    }
  }
  const size = props.poolSize ?? 5;
  const most = props.poolMax ?? 20;
  if (size > most) wrong(`poolSize is ${size}, and poolMax ${most}.`, `Write: poolMax: ${size}, or more.`);
  for (const file of props.mountedFiles ?? []) {
    if (file.startsWith('/') || file.split('/').includes('..')) wrong(`The mounted file "${file}" is not in ${layout.dir}.`, "Write a path in it: mountedFiles: ['alembic.ini'].");
  }
  const logs = props.logDirectory;
  if (logs !== undefined && (logs.startsWith('/') || logs.split('/').includes('..') || logs === '')) {
    wrong(`The log folder "${logs}" is not one below the stack's.`, "Write: logDirectory: 'data/logs'.");
  }
  return found;
}

function connectionFindings(props: FastApiProps, report: Report): Finding[] {
  const { database, cache, broker, envPrefix = '', environment, variables, apiKeys, development, production } = props;
  const byHand = new Set([
    ...Object.keys({ ...environment, ...development?.environment, ...production?.environment, ...variables }), ...apiKeys ?? [],
  ]);
  const keys = (prefix: string, url: string, ...parts: string[]) => [url, ...parts.map((part) => `${prefix}_${part}`)].map((key) => envPrefix + key);
  const twice = (given: unknown, names: string[]) => names.filter((key) => given !== undefined && byHand.has(key));
  const found = (property: string, given: unknown, names: string[]) => twice(given, names).map((key) => report(
    HAND_WRITTEN_CONNECTION, `It has the property ${property} and ${key} by hand.`, `Remove ${key}, or leave ${property} out.`,
  ));
  return [
    ...found('database', database, keys('DB', 'DATABASE_URL', 'HOST', 'PORT', 'NAME', 'USER', 'PASSWORD', 'SSLMODE')),
    ...found('cache', cache, keys('REDIS', 'REDIS_URL', 'HOST', 'PORT', 'DB', 'USER', 'PASSWORD', 'TLS')),
    ...found('broker', broker, [`${envPrefix}CELERY_BROKER_URL`]),
    ...sharedDatabase(props, report),
  ];
}

/** The cache and the broker in one logical database. */
function sharedDatabase({ cache, broker }: FastApiProps, report: Report): Finding[] {
  if (!cache || !broker) return [];
  const [one, other] = [cache.connection(), broker.brokerConnection()].map((connection) => connection.url().parts.map((part) => part.text ?? `\${${part.variable!.variableName}}`).join(''));
  return one === other ? [report(SHARED_DATABASE, 'The cache and the broker are one database of one server.', 'Write: databases: { cache: 0, broker: 1 } on the Redis server, or a server of its own for the broker.')] : [];
}

function poolFindings(backend: FastApiBackend, props: FastApiProps, report: Report): Finding[] {
  const server = props.database?.connection().provider;
  if (!(server instanceof PostgresService)) return [];
  return MODES.filter((mode) => backend.modes.includes(mode)).flatMap((mode) => {
    const workers = props[mode]?.workers ?? props.workers ?? 1;
    const replicas = backend.settings(mode).replicas ?? 1;
    const most = props[mode]?.poolMax ?? props.poolMax ?? 20;
    const limit = server.maxConnections(mode);
    const wanted = workers * replicas * most;
    const room = (limit ?? USUAL_LIMIT) - RESERVED;
    if (!(wanted > room)) return [];
    const count = `${replicas > 1 ? `${replicas} replicas of ` : ''}${workers} ${workers === 1 ? 'worker' : 'workers'}`;
    return [report(
      limit === undefined ? POOL_ABOVE_DEFAULT : POOL_ABOVE_LIMIT,
      `In ${mode} ${count} may open ${wanted} connections (${most} each), and ${server.serviceName} takes ${room} of them${limit === undefined ? ' by default' : ''}.`,
      `Write: poolMax: ${Math.max(1, Math.floor(room / workers / replicas))}, fewer workers, or parameters: { max_connections: '${wanted + RESERVED}' } on ${server.serviceName}.`,
    )];
  });
}

