import { existsSync } from 'fs';
import { join } from 'path';
import { FrontendLayout } from './layout';
import { ViteFramework } from './options';
import { ViteProps } from './props';
import { upstreamsOf } from './routes';
import type { ViteFrontend } from './vite-frontend';
import { stackFolder } from '../../model/group';
import { Mode } from '../../model/mode';
import { SmokeCheck } from '../../model/smoke-check';
import { askable } from '../askable-checks';
import { SourceSync } from '../source-sync';

/**
 * What proves a frontend.
 *
 * @param frontend the frontend
 * @param layout where its files lie
 * @param props its API, its framework
 */
export function frontendChecks(frontend: ViteFrontend, layout: FrontendLayout, props: ViteProps): SmokeCheck[] {
  const passedOn = upstreamsOf(props, Mode.DEVELOPMENT).filter(({ api, prefixes, stripPrefix }) => (
    !stripPrefix && api.healthPath !== undefined && prefixes.some((prefix) => api.healthPath!.startsWith(prefix))
  ));
  return askable(frontend, [
    SmokeCheck.http('serves its page', { port: 'http', path: '/', expect: '/@vite/client' }).forMode(Mode.DEVELOPMENT),
    SmokeCheck.http('serves its page', { port: 'http', path: '/', expect: '/assets/.*[.]js' }).forMode(Mode.PRODUCTION),
    ...passedOn.map(({ api }) => SmokeCheck.http(`passes requests on to ${api.provider?.serviceName ?? 'its API'}`, { port: 'http', path: api.healthPath })),
    ...reloadCheck(frontend, layout, props),
  ]);
}

/** A line more in the first module of the page; nothing where a change is not seen at once, or the module is not known. */
function reloadCheck(frontend: ViteFrontend, layout: FrontendLayout, props: ViteProps): SmokeCheck[] {
  const file = `src/main.${(props.framework ?? ViteFramework.REACT) === ViteFramework.REACT ? 'tsx' : 'ts'}`;
  const has = (path: string) => existsSync(join(stackFolder(frontend), layout.within(path)));
  // A sample that is yet to be written has it; of a team's own page only the disk tells.
  const known = has(file) || (props.sample !== false && !has('src'));
  if (!known || props.sourceSync === SourceSync.WATCH || !layout.sources.includes('src')) return [];
  return [SmokeCheck.reload('follows its sources', {
    port: 'http', file: frontend.pathOf(file), append: "export const projenStackSmokeCheck = 'reloaded';", path: `/${file}`, expect: 'projenStackSmokeCheck',
  })];
}
