import { existsSync, readFileSync } from 'fs';
import { join } from 'path';
import { node, ROOT, script } from '../repository/support';

const DOCUMENT = join(ROOT, 'bench', 'lib', 'document.mjs');

type Section = { name: string; title: string; markdown?: string; reason?: string };

/** The document that sections become, on top of an earlier one. */
function render(sections: Section[], before?: string): string {
  const { code, stdout, stderr } = script(`
    import { renderDocument } from '${DOCUMENT}';
    const [sections, before] = ${JSON.stringify([sections, before ?? null])};
    process.stdout.write(renderDocument(sections, before ?? undefined));`);
  if (code !== 0) throw new Error(stderr);
  return stdout;
}

const synth = (figure: string): Section => ({ name: 'synth', title: 'Synthesis', markdown: `## Synthesis\n\n${figure}` });
const up = { name: 'up', title: 'Start', reason: 'no Docker engine answered' };

describe('docs/performance.md', () => {
  test('says of what was never measured that it was not', () => {
    const text = render([synth('1.1×'), up]);
    expect(text).toMatch(/^# Performance\n/);
    expect(text).toContain('## Synthesis\n\n1.1×\n');
    expect(text).toContain('## Start\n\nNot measured yet: no Docker engine answered.\n');
    expect(text.endsWith('\n')).toBe(true);
  });

  test('keeps the figures of what was not measured now, marked once, and drops the mark when they are new', () => {
    const first = render([synth('1.1×'), { name: 'up', title: 'Start', markdown: '## Start\n\n0.3×' }]);
    const second = render([synth('1.2×'), up], first);
    expect(second).toContain('1.2×');
    expect(second).not.toContain('1.1×');
    expect(second).toContain("> Not measured in the last run (no Docker engine answered); the figures are an earlier run's.\n\n## Start\n\n0.3×\n");

    const third = render([synth('1.3×'), { ...up, reason: 'the engine is too old' }], second);
    expect(third.match(/Not measured in the last run/g)).toHaveLength(1);
    expect(third).toContain('(the engine is too old)');
    expect(third).toContain('0.3×');

    const fourth = render([synth('1.3×'), { name: 'up', title: 'Start', markdown: '## Start\n\n0.2×' }], third);
    expect(fourth).not.toMatch(/Not measured|0\.3×/);
  });

  test('what was never measured gives its newest reason, and no figures of an earlier run', () => {
    const text = render([{ ...up, reason: 'the engine is too old' }], render([up]));
    expect(text).toContain('Not measured yet: the engine is too old.');
    expect(text).not.toContain('earlier run');
  });

  test('what was not asked for stays as it is, its mark included', () => {
    const asked = { name: 'up', title: 'Start' };
    const measured = render([synth('1.1×'), { ...asked, markdown: '## Start\n\n0.3×' }]);
    expect(render([{ name: 'synth', title: 'Synthesis' }, asked], measured)).toBe(measured);
    const marked = render([synth('1.1×'), up], measured);
    expect(render([synth('1.1×'), asked], marked)).toBe(marked);
    expect(render([asked])).toContain('Not measured yet: no run has included it.');
  });

  test('the same measurement gives the same text', () => {
    const text = render([synth('1.1×')]);
    expect(render([synth('1.1×')], text)).toBe(text);
  });

  test('the committed one has a section for each measurement, and nothing of the machine', () => {
    const file = join(ROOT, 'docs', 'performance.md');
    expect(existsSync(file)).toBe(true);
    const text = readFileSync(file, 'utf8');
    for (const name of ['synth', 'scale', 'up', 'size']) expect(text).toContain(`<!-- bench:${name} -->`);
    expect(text).not.toMatch(/\/(tmp|home|root|work|Users)\//);
  });
});

describe('npm run bench', () => {
  const bench = (...args: string[]) => node(['bench/run.mjs', ...args]);

  test('--help names every part', () => {
    const { code, stdout } = bench('--help');
    expect(code).toBe(0);
    for (const name of ['synth', 'scale', 'up', 'size']) expect(stdout).toMatch(new RegExp(`^ +${name} `, 'm'));
  });

  test.each([
    [['--only', 'synth,nope'], '--only does not know "nope". Known: synth, python, scale, up, kubernetes, deployment, backend, frontend, size.'],
    [['--only', 'constructor'], '--only does not know "constructor".'],
    [['--runs', '0'], '--runs needs a whole number from 1 to 9999, but got "0".'],
    [['--runs', '1.5'], 'but got "1.5"'],
    [['--runs', 'many'], 'but got "many"'],
    [['--baseline', 'x'], '--baseline needs a folder with spec/docker-compose.yml, and there is none in x.'],
    [['--base', 'x'], '"--base" is not known here.'],
  ])('%j ends with 2 and the reason, before anything is measured', (args, message) => {
    const { code, stdout, stderr } = bench(...args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(message);
    expect(stderr).not.toContain('    at ');
  });
});
