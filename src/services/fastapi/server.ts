import { BackendLayout } from './layout';
import { FastApiProps } from './props';
import { Mode } from '../../model/mode';
import { toVariableName } from '../../model/names';
import { PortSpec } from '../../model/port';

const DEBUGGER_PORT = 5678;

/** The port of the API, and the debugger's on request. */
export function portsOf(name: string, { port, hostPort, publish, debugging }: FastApiProps): PortSpec[] {
  const variableName = `${toVariableName(name)}_PORT`;
  const api: PortSpec = { name: 'http', port: port ?? 8000, hostPort, publish, variableName, forBrowsers: true };
  return debugging ? [api, { name: 'debugger', port: DEBUGGER_PORT, publish: [Mode.DEVELOPMENT] }] : [api];
}

/** What the server is started with. */
export function serverCommand({ appModule, packageName }: BackendLayout, props: FastApiProps, mode: Mode): string[] {
  const workers = props[mode]?.workers ?? props.workers ?? 1;
  const reloads = mode === Mode.DEVELOPMENT && (props.reload ?? true) && workers === 1;
  return [
    ...(mode === Mode.DEVELOPMENT && props.debugging ? ['python', '-m', 'debugpy', '--listen', `0.0.0.0:${DEBUGGER_PORT}`, '-m'] : []),
    'uvicorn', appModule, '--host', '0.0.0.0', '--port', String(props.port ?? 8000),
    ...(reloads ? ['--reload', '--reload-dir', packageName] : []),
    ...(workers > 1 ? ['--workers', String(workers)] : []),
    // Shorter than the engine's patience, so that an endless answer is cut and the program ends by itself.
    ...(mode === Mode.PRODUCTION ? ['--timeout-graceful-shutdown', '8'] : []),
  ];
}
