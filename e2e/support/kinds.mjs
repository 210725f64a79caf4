// Kinds that are not Kubernetes' own, which a cluster knows while a test needs them. Tests that run at the same time share them.
import { atExit, run, waitFor } from '../lib/index.mjs';
import { runNow } from '../lib/process.mjs';

const KIND = 'customresourcedefinitions';

/** What a test brought bears this label, and an annotation of each process that uses it: what somebody else brought is used as it is. */
const BROUGHT = 'projen-stack-e2e';
const MARK = `${BROUGHT}/`;
const OWN = `${MARK}${process.pid}`;

const isOurs = (definition) => definition?.metadata.labels?.[BROUGHT] !== undefined;

function isAlive(id) {
  try {
    return process.kill(id, 0);
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/** The processes that use a definition, without those that ended before they could say so. */
const users = ({ metadata: { annotations = {} } }) => Object.keys(annotations).filter((key) => key.startsWith(MARK)).map((key) => Number(key.slice(MARK.length))).filter(isAlive);

/** Takes our marks away, and what nobody uses any more. */
function forget(names) {
  runNow('kubectl', ['annotate', KIND, ...names, `${OWN}-`]);
  const { status, stdout } = runNow('kubectl', ['get', KIND, '--output', 'json']);
  if (status !== 0) return;
  for (const definition of JSON.parse(stdout).items.filter(({ metadata }) => names.includes(metadata.name))) {
    const { name, resourceVersion } = definition.metadata;
    if (!isOurs(definition) || users(definition).length > 0) continue;
    // Whoever begins to use it at this moment changes its version, and it stays.
    const input = JSON.stringify({ kind: 'DeleteOptions', apiVersion: 'v1', preconditions: { resourceVersion } });
    runNow('kubectl', ['delete', '--raw', `/apis/apiextensions.k8s.io/v1/${KIND}/${name}`, '--filename', '-'], { input });
  }
}

/**
 * Makes the cluster know kinds until `release`, or until the process ends.
 *
 * @param definitions the CustomResourceDefinitions
 * @param options.replace whether these hold in place of what another test brought under their names; what it wrote must be valid for both
 */
export async function useKinds(definitions, { replace = false } = {}) {
  const names = definitions.map(({ metadata }) => metadata.name);
  const release = atExit(() => forget(names));
  await waitFor(async () => {
    const there = new Map(JSON.parse((await run('kubectl', ['get', KIND, '--output', 'json'])).stdout).items.map((each) => [each.metadata.name, each]));
    if (names.some((name) => there.get(name)?.metadata.deletionTimestamp)) return false;
    const known = names.filter((name) => there.has(name));
    const kept = known.filter((name) => !replace || !isOurs(there.get(name)));
    // What is gone by now fails, and all of this is done once more.
    if (kept.length > 0) await run('kubectl', ['annotate', KIND, ...kept, '--overwrite', `${OWN}=`]);
    const items = definitions.filter(({ metadata }) => !kept.includes(metadata.name)).map((each) => ({
      ...each, metadata: { ...each.metadata, labels: { ...each.metadata.labels, [BROUGHT]: '' }, annotations: { ...each.metadata.annotations, [OWN]: '' } },
    }));
    if (items.length > 0) {
      await run('kubectl', ['apply', '--server-side', '--force-conflicts', '--field-manager', `e2e-${process.pid}`, '--filename', '-'], { input: JSON.stringify({ apiVersion: 'v1', kind: 'List', items }) });
    }
    return true;
  }, { what: 'the cluster to take the further kinds', interval: 1000 });
  await run('kubectl', ['wait', '--for=condition=Established', '--timeout=60s', ...names.map((name) => `${KIND}/${name}`)]);
  // Established is not yet served.
  await waitFor(() => Promise.all(names.map((name) => run('kubectl', ['get', name, '--all-namespaces']))), { what: 'the API server to serve the further kinds' });
  return { release };
}
