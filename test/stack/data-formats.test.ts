import { Construct } from 'constructs';
import { Project } from 'projen';
import { DataFormat, Mode, Mount, PostgresProps, PostgresService, Service, Stack, StackProps, Storage } from '../../src';
import { messageOf } from '../support/stack';
import { synthIn, tempFolder, withoutPost } from '../support/synth';

type Define = (stack: Stack) => void;

const server = (props: Partial<PostgresProps>): Define => (stack) => { new PostgresService(stack, 'postgres', { version: '17', ...props }); };

function project(outdir: string, define: Define, props?: StackProps): Project {
  const root = new Project({ name: 'shop', outdir });
  define(new Stack(root, 'stack', props));
  return root;
}

/** Synthesizes definitions one after the other in one folder, and gives what the memory holds of data in the end. */
function remembered(folder: string, ...definitions: Define[]): unknown {
  const all = definitions.map((define) => synthIn(folder, (outdir) => project(outdir, define)));
  return JSON.parse(all[all.length - 1]['.projen/stack.json'] ?? '{}').data;
}

/** What a definition is refused with after another one. */
function refusal(before: Define, after: Define, props?: StackProps): string {
  const folder = tempFolder();
  const first = synthIn(folder, (outdir) => project(outdir, before, props));
  const message = messageOf(() => withoutPost(() => project(folder, after, props).synth()));
  expect(synthIn(folder, (outdir) => project(outdir, before, props))).toEqual(first);
  return message.split('\n').slice(1, -1).join('\n');
}

const FOUND = 'error PS085 at shop/stack/postgres (test/stack/data-formats.test.ts:LINE): The data of postgres is of PostgreSQL';

describe('a changed major of PostgreSQL', () => {
  test('is an error that says how the data of a volume is carried over', () => {
    expect(refusal(server({ version: '15' }), server({ version: '17.2' }))).toBe(`  ${FOUND} 15, which PostgreSQL 17 cannot read. With the files of PostgreSQL 15, which are still there, write all of it to a file:
      docker compose down &&
      docker compose up --detach --wait postgres &&
      docker compose exec -T postgres sh -c 'exec pg_dumpall --clean --if-exists -U "$POSTGRES_USER"' > postgres-15.dump &&
      docker compose down
    Then write migratedFrom: '15' in the definition, run npx projen, and read the file:
      docker run --rm --user 0 --volume shop_postgres_data:/from --volume shop_postgres_data_15:/to --entrypoint cp postgres:17.2-alpine -a /from/. /to &&
      docker volume rm shop_postgres_data &&
      docker compose up --detach --wait postgres &&
      docker compose exec -T postgres sh -c 'sed -E "1,/^.connect/{/^(DROP ROLE IF EXISTS|CREATE ROLE) \\"?$POSTGRES_USER\\"?;\\$/d}" | psql -q -X -o /dev/null -v ON_ERROR_STOP=1 -U "$POSTGRES_USER" -d postgres' < postgres-15.dump
    The old data stays in the volume shop_postgres_data_15 until you delete it. In production do the same, with "docker compose --file compose.prod.yaml" and its own volume. Where nothing is worth keeping, run npx projen stack:reset instead, and write migratedFrom: '15' in the definition all the same. More is in docs/upgrading.md of projen-stack.`);
  });

  test('and moves a folder aside, in the words of the stack\'s own files', () => {
    const at = { storage: Storage.bind('./data/my pg') };
    const text = refusal(server({ version: '17', ...at }), server({ version: '18', ...at }), { directory: 'infra', composeFile: 'dev.yaml' });
    expect(text).toContain('In the folder infra, with the files of PostgreSQL 17,');
    expect(text).toContain('      docker compose --file dev.yaml up --detach --wait postgres &&\n');
    expect(text).toContain("      docker run --rm --user 0 --volume ./data:/data --entrypoint mv postgres:18-alpine '/data/my pg' '/data/my pg-17' &&\n");
    expect(text).toContain('The old data stays in the folder data/my pg-17');
    expect(text).not.toContain('volume rm');
  });

  test('names the volume that the definition names, and the production stack where there is no other', () => {
    const shared = { storage: Storage.volume('pg') };
    expect(refusal(server({ version: '15', ...shared }), server({ ...shared }), { stackName: 'other' })).toContain('docker volume rm other_pg &&');
    const production = { modes: [Mode.PRODUCTION] };
    const text = refusal(server({ version: '15', ...production }), server(production));
    expect(text).toContain('docker compose --file compose.prod.yaml exec -T postgres');
    expect(text).toContain('docker volume rm shop-prod_postgres_data &&');
    expect(text).toContain('run docker compose --file compose.prod.yaml down --volumes instead');
    expect(text).not.toContain('In production do the same');
  });

  test('is found beside everything else that is wrong, and cannot be accepted', () => {
    const text = refusal(server({ version: '15' }), (stack) => {
      server({ version: '17' })(stack);
      stack.accept('PS085', { because: 'it should not help' });
      new Service(stack, 'web');
    });
    expect(text).toMatch(/error PS085 .*[\s\S]*error PS013 |error PS013 .*[\s\S]*error PS085 /);
  });

  test('is taken when the definition says where the data comes from, by major or minor, and that may stay', () => {
    const folder = tempFolder();
    expect(remembered(folder, server({ version: '15' }))).toEqual({ './postgres': { product: 'PostgreSQL', version: '15' } });
    expect(remembered(folder, server({ version: '17', migratedFrom: '15.4' }))).toEqual({ './postgres': { product: 'PostgreSQL', version: '17' } });
    const settled = synthIn(folder, (outdir) => project(outdir, server({ version: '17', migratedFrom: '15' })));
    expect(synthIn(folder, (outdir) => project(outdir, server({ version: '17' })))).toEqual(settled);
  });

  test.each(['14', '16', 'seventeen'])('is not taken when the definition names another one: %s', (migratedFrom) => {
    expect(refusal(server({ version: '15' }), server({ version: '17', migratedFrom })))
      .toContain(`${FOUND} 15, which PostgreSQL 17 cannot read. The definition says migratedFrom: '${migratedFrom}', which is another one. With`);
  });

  test('is an error again at the next upgrade, whatever stayed in the definition', () => {
    const folder = tempFolder();
    remembered(folder, server({ version: '15' }), server({ version: '17', migratedFrom: '15' }));
    expect(messageOf(() => withoutPost(() => project(folder, server({ version: '18', migratedFrom: '15' })).synth()))).toContain(`${FOUND} 17, which PostgreSQL 18 cannot read.`);
  });

  test('is remembered while the service is away, as its volume is', () => {
    const folder = tempFolder();
    const away: Define = (stack) => { new Service(stack, 'web', { image: 'nginx:1.29' }); };
    expect(remembered(folder, server({ version: '15' }), away)).toEqual({ './postgres': { product: 'PostgreSQL', version: '15' } });
    const other: Define = (stack) => { new PostgresService(stack, 'other', { version: '18' }); };
    expect(remembered(folder, other)).toEqual({ './other': { product: 'PostgreSQL', version: '18' }, './postgres': { product: 'PostgreSQL', version: '15' } });
    expect(messageOf(() => withoutPost(() => project(folder, server({})).synth()))).toContain('PS085');
  });
});

test.each<[string, Define]>([
  ['the same major', server({ version: '15.9' })],
  ['another minor', server({ version: '15' })],
  ['another stack', (stack) => { new PostgresService(new Stack(stack.project, 'b', { directory: 'b' }), 'postgres', { version: '17' }); }],
  ['another service', (stack) => { new PostgresService(stack, 'other', { version: '17' }); }],
  ['data that is not kept', server({ mounts: [Mount.tmpfs('/var/lib/postgresql/data')] })],
])('%s is no upgrade', (_, define) => {
  const folder = tempFolder();
  remembered(folder, server({ version: '15.4' }));
  expect(() => remembered(folder, define)).not.toThrow();
});

test('a memory that was lost, or that somebody wrote into, does no harm', () => {
  expect(remembered(tempFolder(), server({ version: '17', migratedFrom: '15' }))).toEqual({ './postgres': { product: 'PostgreSQL', version: '17' } });
});

/** A store of somebody else. */
class SearchService extends Service {
  constructor(scope: Construct, id: string, private readonly format: Partial<DataFormat>) {
    super(scope, id, { image: 'acme/search:3', mounts: [Mount.volume('data', '/var/search')] });
  }

  public dataFormat(): DataFormat {
    return { product: 'Search', formatVersion: '3', mountTarget: '/var/search/', ...this.format };
  }
}

describe('a store of somebody else', () => {
  const search = (format: Partial<DataFormat>): Define => (stack) => { new SearchService(stack, 'search', format); };

  test('is held against its memory by what it says of its data alone', () => {
    expect(refusal(search({ formatVersion: '1' }), search({ dumpCommand: ['search', 'dump'], restoreCommand: ['search', 'load', 'it\'s'] })))
      .toMatch(/The data of search is of Search 1, which Search 3 cannot read\.[\s\S]* exec -T search search dump > search-1\.dump &&[\s\S]* exec -T search search load 'it'\\''s' < search-1\.dump\n/);
  });

  test('whose data cannot be carried over says so', () => {
    expect(refusal(search({ formatVersion: '1' }), search({}))).toMatch(
      /It cannot be carried over\. Delete it with "npx projen stack:reset", then write migratedFrom: '1' in the definition\.\n/,
    );
  });

  test('that reads the data of another version says nothing', () => {
    const folder = tempFolder();
    expect(remembered(folder, search({ formatVersion: '2' }), search({ readsVersions: ['2'] }))).toEqual({ './search': { product: 'Search', version: '3' } });
  });
});
