import { MODE, Plan, WorkloadKind } from './plan';
import { isPublished } from '../../model/host-port';
import { MODE_DEFAULTS } from '../../model/mode-defaults';
import { ServiceSettings } from '../../model/settings';

/** What to tell whoever synthesizes: which services stay out, and what is said about others that a cluster has in ways of its own. */
export function notesOf(plan: Plan): string[] {
  const { directory, left } = plan;
  const lost = lostOf(plan);
  return [
    ...left.map(({ serviceName }) => `${directory} leaves ${serviceName} out: it is for development, or started on request only.`),
    ...(lost.length === 0 ? [] : [`${directory} has no counterpart of what is said about ${lost.join(', ')}: a cluster publishes, connects and logs in its own way.`]),
  ];
}

function lostOf({ workloads }: Plan): string[] {
  const running = workloads.filter(({ kind }) => ![WorkloadKind.EXTERNAL, WorkloadKind.CRON_JOB].includes(kind));
  const of = (what: string, says: (settings: ServiceSettings, exposed: boolean) => boolean) => {
    const names = running.filter(({ settings, exposed }) => says(settings, exposed)).map(({ name }) => name);
    return names.length === 0 ? [] : [`${what} (${names.join(', ')})`];
  };
  const usual = JSON.stringify(MODE_DEFAULTS[MODE].logging);
  return [
    // A browser finds what is exposed under a host name.
    ...of('ports of the host', ({ ports = [] }, exposed) => !exposed && ports.some((port) => isPublished(port, MODE))),
    ...of('networks', ({ networks }) => networks !== undefined),
    ...of('logging', ({ logging }) => logging !== undefined && JSON.stringify(logging) !== usual),
  ];
}
