import { mkdirSync, writeFileSync } from 'fs';
import * as path from 'path';
import { LogLevel } from 'projen';
import { StackProject, StackProjectOptions } from '../../src';
import { synthIn, tempFolder } from '../support/synth';

export const quiet = { level: LogLevel.OFF };
/** In two pieces, so that projen's cleanup does not take this file for a generated one. */
export const MARKER = ['~~ Generated', 'by projen'].join(' ');

/** A folder with files in it. */
export function folderWith(files: { [file: string]: string | object }): string {
  const folder = tempFolder();
  for (const [file, content] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    writeFileSync(path.join(folder, file), typeof content === 'string' ? content : JSON.stringify(content, undefined, 2));
  }
  return folder;
}

type Then = (project: StackProject) => void;

/** Synthesizes a project in a folder. */
export function synth(folder: string, options: Partial<StackProjectOptions> = {}, then: Then = () => {}): { [file: string]: string } {
  return synthIn(folder, (outdir) => {
    const project = new StackProject({ name: 'shop', outdir, logging: quiet, ...options });
    then(project);
    return project;
  });
}

/** The package.json among files. */
export const manifest = (files: { [file: string]: string }) => JSON.parse(files['package.json']);
