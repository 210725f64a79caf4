import { mkdirSync, readlinkSync, symlinkSync } from 'fs';
import * as path from 'path';
import { Machine } from './machine';
import { Extras, modelOf, richStack, serviceWith } from './stacks';
import { Mode } from '../../../src/model/mode';
import { Mount } from '../../../src/model/mount';
import { Value } from '../../../src/model/value';
import { HostFact, Variable } from '../../../src/model/variable';

const SECRET = /^[0-9a-f]{48}$/;
const rich = (extras: Extras = {}) => new Machine(modelOf(richStack, extras));
const keys = (text: string) => [...text.matchAll(/^([A-Z_]+)=/gm)].map((match) => match[1]);

describe('init without a .env', () => {
  test('creates one that only its owner can read, with a secret of its own for each', () => {
    const machine = rich();
    const { status, stdout, stderr } = machine.run(['init']);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(machine.mode()).toBe(0o600);
    expect(keys(machine.read())).toEqual(keys(machine.read('.env.example')));
    const secrets = ['POSTGRES_PASSWORD', 'SESSION_KEY'].map((key) => machine.value(key));
    for (const secret of secrets) expect(secret).toMatch(SECRET);
    expect(new Set(secrets).size).toBe(2);
    for (const secret of secrets) expect(stdout).not.toContain(secret);
    expect(stdout).toMatchInlineSnapshot(`
".env:
  POSTGRES_USER                added, with the default
  POSTGRES_PASSWORD            set to a random value
                               (docker is not installed, so nobody knows whether the volume shop_postgres_data exists; if so, it keeps its old value)
  POSTGRES_PORT                added, with the default
  GREETING                     added, with the default
  MAIL_API_KEY                 added, empty: fill it in
  HTTP_PROXY_URL               added, empty: it is optional
  PUBLIC_ORIGIN                added, empty: fill it in
  SESSION_KEY                  set to a random value
  DATABASE_URL                 added, with the default
  BACKEND_PORT                 added, with the default
Wrote .env; only you can read it.
"
`);
  });

  test('copies what the template explains, and nothing of its header', () => {
    const machine = rich();
    machine.run(['init']);
    const [head, ...sections] = machine.read('.env.example').replace(/change_this_secure_password/g, 'S').split(/(?=\n# -{20,}\n# [^-])/);
    const [ownHead, ...ownSections] = machine.read().replace(/[0-9a-f]{48}/g, 'S').split(/(?=\n# -{20,}\n# [^-])/);
    expect(ownSections).toEqual(sections);
    expect(ownHead).toBe('# Settings of shop on this machine, made by scripts/env.sh init. Never commit this file.\n');
    expect(head).not.toContain(ownHead);
  });

  test('makes other secrets each time', () => {
    const [one, other] = [rich(), rich()].map((machine) => {
      machine.run(['init']);
      return machine.value('SESSION_KEY');
    });
    expect(one).not.toBe(other);
  });

  test.each([['nothing', ':'], ['too little', 'echo 00 11 22']])('writes no file when the source of randomness gives %s', (_, lines) => {
    const machine = rich();
    machine.replaceTool('od', lines);
    expect(machine.run(['init'])).toMatchObject({ status: 2, stderr: 'env.sh: could not read /dev/urandom\n' });
    expect(machine.list()).toEqual(['.env.example', 'scripts']);
  });

  test('leaves the old file when the new one cannot be written', () => {
    const machine = rich();
    machine.write('.env', 'GREETING=x\n');
    machine.replaceTool('mv', 'echo "mv: no space" >&2; exit 1');
    expect(machine.run(['init']).status).toBe(1);
    expect({ text: machine.read(), list: machine.list() }).toEqual({ text: 'GREETING=x\n', list: ['.env', '.env.example', 'scripts'] });
  });

  test('leaves no temporary file', () => {
    const machine = rich();
    machine.run(['init']);
    expect(machine.list()).toEqual(['.env', '.env.example', 'scripts']);
  });

  test('works from any folder, and writes the file that it is told', () => {
    const machine = rich();
    const above = path.dirname(machine.folder);
    expect(machine.run(['init'], { cwd: above }).status).toBe(0);
    expect(machine.value('SESSION_KEY')).toMatch(SECRET);
    expect(machine.run(['init', '--env-file', 'my project/.env.ci'], { cwd: above }).status).toBe(0);
    expect(machine.run(['init', '--env-file=-odd']).status).toBe(0);
    for (const file of ['.env.ci', '-odd']) expect(machine.value('SESSION_KEY', file)).toMatch(SECRET);
  });

  test('a stack without secrets has a script too', () => {
    const machine = new Machine(modelOf((scope) => serviceWith(scope, 'a', [new Variable('A', { defaultValue: Value.literal('1') })])));
    expect(machine.run(['init']).status).toBe(0);
    expect(machine.value('A')).toBe('1');
    expect(machine.run(['check', '--production']).status).toBe(0);
  });
});

describe('init with a .env', () => {
  test('changes nothing the second time, and says so', () => {
    const machine = rich();
    machine.run(['init']);
    const before = machine.read();
    const { status, stdout } = machine.run(['init']);
    expect(status).toBe(0);
    expect(stdout).toMatch(/\nNothing to do: \.env has everything\.\n$/);
    expect(stdout.match(/ kept\n/g)).toHaveLength(10);
    expect(machine.read()).toBe(before);
  });

  test('keeps every byte, and adds below what is missing', () => {
    const machine = rich();
    const mine = Buffer.from([
      '  # mine: ü \x01\x7f\x80\xff', 'PUBLIC_ORIGIN = https://shop.example # really', '', '\texport GREETING="a \\"b\\"', 'second line # no comment"  # note',
      "OTHER='it\\'s $5'", 'POSTGRES_PASSWORD=my-own-password', '', '', '# end',
    ].join('\n') + '\n', 'latin1');
    machine.write('.env', mine);
    expect(machine.run(['init']).status).toBe(0);
    const text = machine.read();
    expect(text.startsWith(mine.toString('latin1'))).toBe(true);
    expect(keys(text.slice(mine.length))).toEqual([
      'POSTGRES_USER', 'POSTGRES_PORT', 'MAIL_API_KEY', 'HTTP_PROXY_URL', 'SESSION_KEY', 'DATABASE_URL', 'BACKEND_PORT',
    ]);
    expect(text.match(/^# PostgreSQL$/gm)).toHaveLength(1);
    expect(text).toContain('\n# Port of postgres on the host\nPOSTGRES_PORT=5432\n');
    expect(text).toContain('\n# session key (secret)\nSESSION_KEY=');
  });

  test.each([
    ['empty', 'POSTGRES_PASSWORD=', 'POSTGRES_PASSWORD=S'],
    ['empty in quotes', 'POSTGRES_PASSWORD=""', 'POSTGRES_PASSWORD=S'],
    ['the placeholder', 'POSTGRES_PASSWORD=change_this_secure_password', 'POSTGRES_PASSWORD=S'],
    ['the placeholder in quotes, with a comment', "  export POSTGRES_PASSWORD = 'change_this_secure_password'\t# mine", '  export POSTGRES_PASSWORD = S\t# mine'],
    ['a comment alone', 'POSTGRES_PASSWORD=  # fill this in', 'POSTGRES_PASSWORD=S  # fill this in'],
    ['the last of two', 'POSTGRES_PASSWORD=first\nPOSTGRES_PASSWORD=', 'POSTGRES_PASSWORD=first\nPOSTGRES_PASSWORD=S'],
    ['the first line after a byte order mark', '\xef\xbb\xbfPOSTGRES_PASSWORD=', '\xef\xbb\xbfPOSTGRES_PASSWORD=S'],
  ])('replaces a secret that is %s, and nothing around it', (_, line, expected) => {
    const machine = rich();
    machine.write('.env', Buffer.from(`${line}\n# after\n`, 'latin1'));
    expect(machine.run(['init']).status).toBe(0);
    expect(machine.read().replace(/[0-9a-f]{48}/, 'S').startsWith(`${expected}\n# after\n`)).toBe(true);
  });

  test.each([
    ['a short one', 'POSTGRES_PASSWORD=x'],
    ['one in quotes with the placeholder in it', 'POSTGRES_PASSWORD="change_this_secure_password!"'],
    ['a reference', 'POSTGRES_PASSWORD=${OTHER}'],
    ['one over two lines', 'POSTGRES_PASSWORD="\nx"'],
    ['what begins with #', 'POSTGRES_PASSWORD=#x'],
  ])('keeps a secret that a person wrote: %s', (_, line) => {
    const machine = rich();
    machine.write('.env', `${line}\n`);
    expect(machine.run(['init']).stdout).toMatch(/POSTGRES_PASSWORD +kept/);
    expect(machine.read().startsWith(`${line}\n`)).toBe(true);
    expect(machine.read().match(/^POSTGRES_PASSWORD=/gm)).toHaveLength(1);
  });

  test('leaves a value empty that it cannot make', () => {
    const machine = rich();
    machine.write('.env', 'MAIL_API_KEY=\nGREETING=\n');
    machine.run(['init']);
    expect(machine.read().startsWith('MAIL_API_KEY=\nGREETING=\n')).toBe(true);
  });

  test('understands and keeps the line ends of Windows', () => {
    const machine = rich();
    machine.write('.env', '# mine\r\nPOSTGRES_PASSWORD=change_this_secure_password\r\nGREETING="a\r\nb"\r\n');
    expect(machine.run(['init']).status).toBe(0);
    const text = machine.read();
    expect(text.replace(/\r\n/g, '')).not.toMatch(/[\r\n]/);
    expect(text).toMatch(/^# mine\r\nPOSTGRES_PASSWORD=[0-9a-f]{48}\r\nGREETING="a\r\nb"\r\n/);
    expect(machine.run(['init']).stdout).toContain('Nothing to do');
    expect(machine.read()).toBe(text);
  });

  test.each([['\n'], ['\r\n']])('ends the last line before it adds anything (line end %j)', (end) => {
    const machine = rich();
    machine.write('.env', `# first${end}GREETING=x`);
    machine.run(['init']);
    expect(machine.read().startsWith(`# first${end}GREETING=x${end}${end}# ---`)).toBe(true);
  });

  test('adds no newline at the end where it only replaces', () => {
    const machine = new Machine(modelOf((scope) => serviceWith(scope, 'a', [new Variable('KEY', { secret: true })])));
    machine.write('.env', 'KEY=');
    machine.run(['init']);
    expect(machine.read()).toMatch(/^KEY=[0-9a-f]{48}$/);
  });

  test('takes the permissions back that others had', () => {
    const machine = rich();
    machine.run(['init']);
    const before = machine.read();
    machine.write('.env', Buffer.from(before, 'latin1'), 0o644);
    expect(machine.run(['init']).stdout).toMatch(/Nothing to add\. Other users could read \.env; now they cannot\.\n$/);
    expect({ mode: machine.mode(), text: machine.read() }).toEqual({ mode: 0o600, text: before });
    machine.write('.env', 'A=1\n', 0o664);
    machine.run(['init']);
    expect(machine.mode()).toBe(0o600);
  });

  test('does not follow links for ever', () => {
    const machine = rich();
    symlinkSync('.env', path.join(machine.folder, '.env'));
    expect(machine.run(['init'])).toMatchObject({ status: 2, stderr: 'env.sh: .env is a link that leads nowhere\n' });
  });

  test('follows a link instead of replacing it', () => {
    const machine = rich();
    machine.write('shared/real.env', 'GREETING=x\n');
    symlinkSync('shared/real.env', path.join(machine.folder, '.env'));
    expect(machine.run(['init']).status).toBe(0);
    expect(readlinkSync(path.join(machine.folder, '.env'))).toBe('shared/real.env');
    expect(machine.value('SESSION_KEY', 'shared/real.env')).toMatch(SECRET);
  });
});

describe('init and data that exists', () => {
  const password = (machine: Machine) => machine.value('POSTGRES_PASSWORD');
  const withVolumes = (volumes: string[] | undefined, extras: Extras = {}) => {
    const machine = rich(extras);
    machine.addDocker(volumes);
    return machine;
  };

  test.each([['missing', '# nothing\n'], ['empty', 'POSTGRES_PASSWORD=\n']])('a value that is %s becomes the one that the volume was made with', (_, text) => {
    const machine = withVolumes(['other_data', 'shop_postgres_data']);
    machine.write('.env', text);
    const { status, stdout } = machine.run(['init']);
    expect(status).toBe(0);
    expect(password(machine)).toBe('app_dev');
    expect(stdout).toContain('POSTGRES_PASSWORD            set to the default of development: the volume shop_postgres_data exists, and without a value here it was made with that\n');
    expect(stdout).toContain("to change it: docker compose exec postgres psql -U app -c '\\password app'\n");
    expect(machine.value('SESSION_KEY')).toMatch(SECRET);
  });

  test('a placeholder stays: the volume may have been made with it', () => {
    const machine = withVolumes(['shop_postgres_data']);
    machine.write('.env', 'POSTGRES_PASSWORD=change_this_secure_password\n');
    expect(machine.run(['init']).stdout).toContain('left as it is, the placeholder: the volume shop_postgres_data exists');
    expect(password(machine)).toBe('change_this_secure_password');
  });

  test('a value stays', () => {
    const machine = withVolumes(['shop_postgres_data']);
    machine.write('.env', 'POSTGRES_PASSWORD=mine\n');
    machine.run(['init']);
    expect(password(machine)).toBe('mine');
  });

  test.each([[[]], [['shop_postgres_data2', 'xshop_postgres_data', 'shop_redis_data']]])('other volumes do not matter: %j', (volumes) => {
    const machine = withVolumes(volumes);
    const { stdout } = machine.run(['init']);
    expect(password(machine)).toMatch(SECRET);
    expect(stdout).not.toContain('nobody knows');
  });

  test('an engine that does not answer is said', () => {
    const machine = withVolumes(undefined);
    const { status, stdout } = machine.run(['init']);
    expect(status).toBe(0);
    expect(stdout).toContain('(the Docker engine does not answer, so nobody knows whether the volume shop_postgres_data exists');
    expect(password(machine)).toMatch(SECRET);
  });

  test('an engine that does not answer is said where only development has a volume', () => {
    const data = Mount.volume('data', '/data');
    const machine = new Machine(modelOf((scope) => {
      serviceWith(scope, 'db', [new Variable('KEY', { secret: true, storedIn: data })]).addMount(data, Mode.DEVELOPMENT);
    }));
    expect(machine.run(['init']).stdout).toContain('nobody knows whether the volume shop_db_data exists');
  });

  test('a production volume whose password is lost is not given another one', () => {
    const machine = withVolumes(['shop-prod_postgres_data']);
    machine.write('.env', '# lost\n');
    const { status, stdout } = machine.run(['init']);
    expect(status).toBe(1);
    expect(stdout).toContain('NOT SET: the volume shop-prod_postgres_data was made with a value that is not in .env any more');
    expect(password(machine)).toBeUndefined();
  });

  test.each([['the environment', { COMPOSE_PROJECT_NAME: 'mine' }, ''], ['.env', {}, 'COMPOSE_PROJECT_NAME=mine\n']])(
    'the name of the project is taken from %s', (_, env, text) => {
      const machine = withVolumes(['mine_postgres_data']);
      machine.write('.env', text);
      expect(machine.run(['init'], { env }).stdout).toContain('the volume mine_postgres_data exists');
      expect(password(machine)).toBe('app_dev');
    });

  test('the name that an override gives to the project counts', () => {
    const machine = withVolumes(['renamed_postgres_data'], { overrides: { [Mode.DEVELOPMENT]: { compose: { name: 'renamed' } }, [Mode.PRODUCTION]: {} } });
    machine.run(['init']);
    expect(password(machine)).toBe('app_dev');
  });

  describe('in a folder', () => {
    const storage = Mount.bind('./data/pg', '/var/lib/postgresql/data');
    const withFolder = () => new Machine(modelOf((scope) => richStack(scope, { storage })));

    test.each([['PG_VERSION'], ['.hidden']])('that holds %s', (name) => {
      const machine = withFolder();
      machine.write(`data/pg/${name}`, '17\n');
      expect(machine.run(['init']).stdout).toContain('the folder ./data/pg exists');
      expect(password(machine)).toBe('app_dev');
    });

    test('that is not there, or is empty', () => {
      const machine = withFolder();
      machine.run(['init', '--env-file', 'one']);
      mkdirSync(path.join(machine.folder, 'data/pg'), { recursive: true });
      machine.run(['init', '--env-file', 'two']);
      for (const file of ['one', 'two']) expect(machine.value('POSTGRES_PASSWORD', file)).toMatch(SECRET);
    });
  });
});

describe('what the machine knows', () => {
  const machineOf = (user: number, group: number) => {
    const machine = new Machine(modelOf((scope) => serviceWith(scope, 'app', [
      new Variable('APP_UID', { defaultValue: Value.literal('1000'), hostFact: HostFact.USER_ID }),
      new Variable('APP_GID', { defaultValue: Value.literal('1000'), hostFact: HostFact.GROUP_ID }),
    ])));
    machine.replaceTool('id', `case $1 in -u) echo ${user} ;; -g) echo ${group} ;; *) exit 9 ;; esac`);
    return machine;
  };

  test.each([[501, 20, '501', '20'], [1234, 0, '1234', '1000'], [0, 0, '1000', '1000']])('user %i of group %i is written down', (user, group, uid, gid) => {
    const machine = machineOf(user, group);
    const { status, stdout } = machine.run(['init']);
    expect(status).toBe(0);
    expect([machine.value('APP_UID'), machine.value('APP_GID')]).toEqual([uid, gid]);
    expect(stdout).toMatch(/APP_UID +set to yours on this machine/);
  });

  test('is not asked where a person has written something', () => {
    const machine = machineOf(501, 20);
    machine.write('.env', 'APP_UID=7\n');
    machine.run(['init']);
    expect([machine.value('APP_UID'), machine.value('APP_GID')]).toEqual(['7', '20']);
  });
});
