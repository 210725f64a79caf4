import { copyFileSync, symlinkSync } from 'fs';
import { join } from 'path';
import { folderWith, node, ROOT } from './support';

/** Imports that the architecture forbids, each in a way in which one can import. */
const FORBIDDEN: { [file: string]: string } = {
  'src/services/names-target.ts': "import { target } from '../targets/compose/target';\nexport const x = target;\n",
  'src/services/type-of-target.ts': "import type { Target } from '../targets/compose/target';\nexport type X = Target;\n",
  'src/services/passes-target-on.ts': "export * from '../targets/compose/target';\n",
  'src/services/requires-target.ts': "export const x = require('../targets/compose/target');\n",
  'src/services/knows-rule.ts': "import { rule } from '../validation/rule';\nexport const x = rule;\n",
  'src/services/knows-stack.ts': "import { stack } from '../stack';\nexport const x = stack;\n",
  'src/services/by-the-front-door.ts': "import { stack } from '../index';\nexport const x = stack;\n",
  'src/targets/compose/names-service.ts': "import { service } from '../../services/service';\nexport const x = service;\n",
  'src/targets/readme/names-service.ts': "import type { Service } from '../../services/service';\nexport type X = Service;\n",
  'src/targets/compose/knows-stack.ts': "import { stack } from '../../stack';\nexport const x = stack;\n",
  'src/model/knows-service.ts': "import { service } from '../services/service';\nexport const x = service;\n",
  'src/model/knows-target.ts': "import { target } from '../targets/compose/target';\nexport const x = target;\n",
  'src/model/knows-stack.ts': "import { stack } from '../stack';\nexport const x = stack;\n",
  'src/model/knows-rule.ts': "import { rule } from '../validation/rule';\nexport const x = rule;\n",
  'src/validation/knows-service.ts': "import { service } from '../services/service';\nexport const x = service;\n",
  'src/validation/rules/knows-target.ts': "import { target } from '../../targets/compose/target';\nexport const x = target;\n",
  'src/files/knows-model.ts': "import { model } from '../model/model';\nexport const x = model;\n",
};

/** What must stay possible: a rule that refuses everything would prove nothing. */
const ALLOWED: { [file: string]: string } = {
  'src/model/model.ts': 'export const model = 1;\n',
  'src/model/other.ts': "import { model } from './model';\nexport const other = model;\n",
  'src/services/service.ts': "import { model } from '../model/model';\nexport const service = model;\nexport type Service = number;\n",
  'src/targets/compose/target.ts': "import { model } from '../../model/model';\nexport const target = model;\nexport type Target = number;\n",
  'src/validation/rule.ts': "import { model } from '../model/model';\nexport const rule = model;\n",
  'src/stack.ts': [
    "import { service } from './services/service';", "import { target } from './targets/compose/target';", "import { rule } from './validation/rule';",
    'export const stack = [service, target, rule];', '',
  ].join('\n'),
  'src/index.ts': "export * from './stack';\n",
};

interface Report {
  readonly filePath: string;
  readonly messages: Array<{ readonly ruleId: string | null; readonly severity: number; readonly message: string }>;
}

let reports: { [file: string]: Report['messages'] };

beforeAll(() => {
  // The zones are relative to the working folder: a copy of the configuration guards the files of that folder.
  const folder = folderWith({ ...FORBIDDEN, ...ALLOWED });
  for (const file of ['.eslintrc.json', 'tsconfig.json', 'tsconfig.dev.json', 'package.json']) copyFileSync(join(ROOT, file), join(folder, file));
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'), 'junction');
  const { stdout, stderr } = node([join(ROOT, 'node_modules', 'eslint', 'bin', 'eslint.js'), '--ext', '.ts', '--format', 'json', 'src'], {
    cwd: folder, env: { ESLINT_USE_FLAT_CONFIG: 'false', NODE_NO_WARNINGS: '1' },
  });
  if (!stdout.startsWith('[')) throw new Error(`ESLint did not run: ${stderr}`);
  reports = Object.fromEntries(Object.keys({ ...FORBIDDEN, ...ALLOWED }).map((file) => [
    file, (JSON.parse(stdout) as Report[]).find(({ filePath }) => filePath.replace(/\\/g, '/').endsWith(`/${file}`))!.messages,
  ]));
}, 120_000);

const crossings = (file: string) => reports[file].filter(({ ruleId }) => ruleId === 'import/no-restricted-paths');

test.each(Object.keys(FORBIDDEN))('lint refuses %s', (file) => {
  expect(crossings(file)).toEqual([expect.objectContaining({ severity: 2, message: expect.stringContaining('Unexpected path') })]);
});

test.each(Object.keys(ALLOWED))('lint accepts %s', (file) => {
  expect(reports[file]).toEqual([]);
});

test('the lint task covers src', () => {
  const steps = JSON.stringify(JSON.parse(node(['-p', 'JSON.stringify(require("./.projen/tasks.json").tasks.eslint.steps)']).stdout));
  expect(steps).toContain('"src"');
});
