// A stack in a namespace of a cluster: what its script of deployment does, and what is there afterwards.
import { spawn } from 'node:child_process';
import { run, waitFor } from '../lib/index.mjs';

/** What a pod with Python finds at a port of a name: the name is looked up first, so that no other fault passes for a closed port. */
const KNOCK = `
import socket, sys
address = socket.gethostbyname(sys.argv[1])
try:
    socket.create_connection((address, int(sys.argv[2])), 3).close()
    print("open")
except TimeoutError:
    print("timeout")
except ConnectionRefusedError:
    print("refused")
`;

/** A GET with nothing but Python: the status on a line of its own, and what was said. */
const ASK = `
import sys, urllib.request, urllib.error
try:
    answer = urllib.request.urlopen(sys.argv[1], timeout=10)
except urllib.error.HTTPError as error:
    answer = error
print(answer.status)
print(answer.read().decode())
`;

/** What objects of a stack are, in the kinds that a deployment applies; pods and what controllers make are not among them. */
const APPLIED = 'configmaps,secrets,serviceaccounts,services,deployments,statefulsets,jobs,networkpolicies,poddisruptionbudgets,ingresses';

/** A namespace of a cluster, and the folder of the stack that is deployed to it. */
export function inNamespace(cluster, namespace, files) {
  const kubectl = (...args) => cluster.kubectl(['--namespace', namespace, ...args]);
  const pods = async (name) => (await cluster.get('pods', '--namespace', namespace, '--selector', `app.kubernetes.io/name=${name}`)).items;
  const exec = async (where, ...words) => (await kubectl('exec', where, '--', ...words)).stdout;
  return {
    kubectl,
    pods,
    /** The output of a program in a pod. */
    exec,
    /** `scripts/deploy.sh ARGS…` */
    deploy: (args = [], options = {}) => run('bash', ['scripts/deploy.sh', ...args], { cwd: files.dir, timeout: 400_000, check: false, ...options }),
    /** The pods of some services that do not end, each by what nothing else is ever called. */
    identities: async (...names) => (await Promise.all(names.map(pods))).flat().filter(({ metadata }) => !metadata.deletionTimestamp).map(({ metadata }) => metadata.uid).sort(),
    /** "open", "timeout" or "refused", seen from a pod whose image has Python. */
    knock: async (where, host, port) => (await exec(where, 'python', '-c', KNOCK, host, String(port))).trim(),
    /** The status and the text of an answer, seen from a pod whose image has Python. */
    ask: async (where, url) => {
      const [status, ...text] = (await exec(where, 'python', '-c', ASK, url)).split('\n');
      return { status: Number(status), text: text.join('\n') };
    },
    /**
     * What is there, each object with what changes when it is changed: the generation of what has one, so that no status counts, and
     * its version.
     */
    versions: async () => {
      const { items } = await cluster.get(APPLIED, '--namespace', namespace);
      return Object.fromEntries(items.map(({ kind, metadata }) => [`${kind} ${metadata.name}`, `${metadata.uid} ${metadata.generation ?? metadata.resourceVersion}`]));
    },
    /** A port of this machine that leads to a Service, until `close`. */
    forward: async (service, port) => {
      const child = spawn('kubectl', ['--namespace', namespace, 'port-forward', `service/${service}`, `:${port}`, '--address', '127.0.0.1'], { stdio: ['ignore', 'pipe', 'inherit'] });
      let said = '';
      child.stdout.setEncoding('utf8').on('data', (chunk) => { said += chunk; });
      await waitFor(() => /127\.0\.0\.1:\d+/.test(said), { what: `the port-forward to ${service}`, timeout: 20_000 });
      return { url: `http://${/127\.0\.0\.1:\d+/.exec(said)[0]}`, close: () => child.kill() };
    },
  };
}

/** The objects that are new, gone or changed, without the hashes at the ends of names, each once. */
export function changes(before, after) {
  const changed = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter((name) => before[name] !== after[name]);
  return [...new Set(changed.map((name) => name.replace(/-([0-9a-f]{8}|[2456789bcdfghkmt]{10})$/, '')))].sort();
}

/** Adds an item in a browser by the page of the sample, and gives what the browser complained about. */
export async function addItem(browser, url, name) {
  const page = await browser.page();
  await page.goto(url);
  await page.getByLabel('Name').fill(name);
  await page.getByRole('button', { name: 'Add' }).click();
  await page.getByRole('button', { name: `Delete ${name}` }).waitFor();
  return page.complaints;
}
