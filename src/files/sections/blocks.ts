/** A quote, or an item of a list with the columns that its text is indented by. */
type Container = 'quote' | number;

interface Fence {
  readonly ticks: string;
  /** In how many containers it stands: it ends with any of them. */
  readonly depth: number;
  readonly line: number;
}

const ITEM = /^( {0,3}(?:[-+*]|\d{1,9}[.)]))( +|$)/;
const RULE = /^ {0,3}([-*_])(?: *\1){2,} *$/;
const FENCE = /^ {0,3}(`{3,}(?=[^`]*$)|~{3,})/;

/**
 * Follows the blocks of Markdown line by line, as far as it takes to know what is code: fences, alone and in lists and quotes.
 */
export class Blocks {
  private readonly containers: Container[] = [];
  private fence?: Fence;
  private line = 0;

  /** The code block of the document itself that has not ended: what follows is code to the end of the file. */
  public get openFence(): { readonly ticks: string; readonly line: number } | undefined {
    return this.fence?.depth === 0 ? this.fence : undefined;
  }

  /**
   * Takes the next line.
   *
   * @param text the line without its end
   * @returns whether it can be a mark: it stands neither in code nor in a list or a quote
   */
  public next(text: string): boolean {
    this.line += 1;
    let rest = this.enter(withoutTabs(text));
    if (this.fence) {
      if (closes(rest, this.fence.ticks)) this.fence = undefined;
      return false;
    }
    rest = this.open(rest);
    const [, ticks] = FENCE.exec(rest) ?? [];
    if (ticks !== undefined) this.fence = { ticks, depth: this.containers.length, line: this.line };
    return ticks === undefined && this.containers.length === 0 && indentOf(rest) < 4;
  }

  /** What is left of a line within the containers that go on; the others end, and a fence in them. */
  private enter(text: string): string {
    let rest = text;
    for (const [depth, container] of this.containers.entries()) {
      const inside = within(rest, container);
      if (inside === undefined) {
        this.containers.length = depth;
        if (this.fence && this.fence.depth > depth) this.fence = undefined;
        break;
      }
      rest = inside;
    }
    return rest;
  }

  /** What is left of a line after the containers that it opens. */
  private open(text: string): string {
    let rest = text;
    for (;;) {
      const [mark, marker, space] = ITEM.exec(rest) ?? [];
      if (/^ {0,3}>/.test(rest)) {
        this.containers.push('quote');
        rest = rest.replace(/^ {0,3}> ?/, '');
      } else if (mark !== undefined && !RULE.test(rest)) {
        // More than four spaces are one, and code that is indented by the others.
        const width = space.length >= 1 && space.length <= 4 ? mark.length : marker.length + 1;
        this.containers.push(width);
        rest = rest.slice(width);
      } else {
        return rest;
      }
    }
  }
}

function within(line: string, container: Container): string | undefined {
  if (container === 'quote') return /^ {0,3}>/.test(line) ? line.replace(/^ {0,3}> ?/, '') : undefined;
  if (/^ *$/.test(line)) return '';
  return indentOf(line) >= container ? line.slice(container) : undefined;
}

function closes(line: string, ticks: string): boolean {
  const [, closing] = /^ {0,3}(`{3,}|~{3,}) *$/.exec(line) ?? [];
  return closing?.startsWith(ticks) ?? false;
}

function indentOf(line: string): number {
  return /^ */.exec(line)![0].length;
}

/** Tabs as the spaces that they stand for. */
function withoutTabs(line: string): string {
  let text = '';
  for (const character of line) text += character === '\t' ? ' '.repeat(4 - text.length % 4) : character;
  return text;
}
