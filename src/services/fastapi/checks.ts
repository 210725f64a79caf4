import type { FastApiBackend } from './fastapi-backend';
import { BackendLayout } from './layout';
import { FastApiProps } from './props';
import { SmokeCheck } from '../../model/smoke-check';
import { askable } from '../askable-checks';
import { SourceSync } from '../source-sync';

/** A route that nobody else has. */
const ROUTE = '/projen-stack-smoke-check';

/**
 * What proves a backend.
 *
 * @param backend the backend
 * @param layout where its files lie
 * @param props what it is connected to
 */
export function backendChecks(backend: FastApiBackend, layout: BackendLayout, props: FastApiProps): SmokeCheck[] {
  const sample = props.sample ?? true;
  // What the sample application says of each thing that it depends on.
  const parts = [['database', props.database], ['redis', props.cache], ['broker', props.broker]] as const;
  const connected = sample ? parts.filter(([, provider]) => provider !== undefined) : [];
  return askable(backend, [
    SmokeCheck.http('answers at /health', { port: 'http', path: '/health' }),
    ...connected.map(([name]) => SmokeCheck.http(`is connected to its ${name === 'redis' ? 'cache' : name}`, {
      // The status tells of all of them together.
      port: 'http', path: '/health', status: 0, expect: `"${name}": *"connected"`,
    })),
    ...(sample ? [
      SmokeCheck.http('shows its documentation at /docs', { port: 'http', path: '/docs', expect: 'swagger-ui' }),
      ...(props.database ? [SmokeCheck.http('reads from its tables', { port: 'http', path: '/api/v1/items' })] : []),
    ] : []),
    ...reloadCheck(backend, layout, props),
  ]);
}

/** A route more in the module of the application; nothing where a change is not seen at once. */
function reloadCheck(backend: FastApiBackend, layout: BackendLayout, props: FastApiProps): SmokeCheck[] {
  const [module, name] = layout.appModule.split(':');
  const workers = props.development?.workers ?? props.workers ?? 1;
  const followed = backend.reloads && workers === 1 && props.sourceSync !== SourceSync.WATCH && module.split('.')[0] === layout.packageName;
  if (!followed || !/^[A-Za-z_]\w*$/.test(name ?? '')) return [];
  return [SmokeCheck.reload('follows its sources', {
    port: 'http',
    file: backend.pathOf(`${module.replace(/\./g, '/')}.py`),
    append: `\n@${name}.get("${ROUTE}")\ndef projen_stack_smoke_check() -> dict[str, str]:\n    return {"note": "reloaded"}`,
    path: ROUTE,
    expect: '"reloaded"',
  })];
}
