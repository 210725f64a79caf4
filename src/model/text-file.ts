import { posix } from 'path';
import { Construct, IConstruct } from 'constructs';
import { StackElement } from './element';
import { carry, propsOf } from './given';
import { Variable } from './variable';

const TEXT_FILE = Symbol.for('projen-stack.TextFile');

/**
 * A file that a service brings.
 */
export interface TextFileProps {
  /** The file, relative to the stack's folder: `frontend/nginx/default.conf.template`. */
  readonly file: string;

  /** The text, without the header that says who wrote the file. */
  readonly content: string;

  /**
   * What begins a comment line in this format; empty for no header.
   *
   * @default "#"
   */
  readonly commentPrefix?: string;

  /**
   * Whether the file can be executed. Its first line must be the `#!` line.
   *
   * @default false
   */
  readonly executable?: boolean;
}

/**
 * A file that a service needs beside its Dockerfile, written anew at every synthesis: the configuration of a web server that an
 * image copies, say. What a container is given when it starts is a `Mount` instead.
 */
export class TextFile extends StackElement {
  /**
   * All such files below a construct, in the order in which they were made.
   *
   * @param scope a stack, or any construct in one
   */
  public static filesOf(scope: IConstruct): TextFile[] {
    return scope.node.findAll().filter(isTextFile);
  }

  /** The file, relative to the stack's folder. */
  public readonly file: string;

  /** The text, without the header that says who wrote the file. */
  public readonly content: string;

  /** What begins a comment line; empty for no header. */
  public readonly commentPrefix: string;

  /** Whether the file can be executed. */
  public readonly executable: boolean;

  /**
   * @param scope the service, or any construct in a stack
   * @param id the id, unique in the scope
   * @param props path and text
   */
  constructor(scope: Construct, id: string, props: TextFileProps) {
    props = propsOf(scope, id, 'TextFileProps', props, new.target !== TextFile);
    super(scope, id);
    carry(props, this);
    Object.defineProperty(this, TEXT_FILE, { value: true });
    this.file = posix.normalize(props.file);
    this.content = props.content;
    this.commentPrefix = props.commentPrefix ?? '#';
    this.executable = props.executable ?? false;
  }

  /**
   * A file brings no settings.
   */
  public variables(): Variable[] {
    return [];
  }
}

/** Whether a construct is such a file, also one of another copy of this library. */
export function isTextFile(construct: IConstruct): construct is TextFile {
  return TEXT_FILE in construct;
}
