export type { SamplePart } from './part';
export { SampleReplacement } from './replacement';
export type { FolderRenameOptions, TextReplacementOptions } from './replacement';
export { SAMPLE_DIRECTORY, SampleTree } from './sample-tree';
export type { SampleTreeProps } from './sample-tree';
