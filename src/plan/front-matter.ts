/** A Markdown file in two parts. */
export interface FrontMatter {
  /** What stands between the lines `---`, from line 2 on. Undefined when the file does not begin so, or it does not end. */
  readonly yaml?: string;
  readonly body: string;
  /** The line on which the body begins, from 1. */
  readonly bodyLine: number;
}

export function splitFrontMatter(text: string): FrontMatter {
  const lines = text.split(/\r\n|\r|\n/);
  const isFence = (line: string): boolean => line.trimEnd() === '---';
  const end = isFence(lines[0] ?? '') ? lines.findIndex((line, i) => i > 0 && isFence(line)) : -1;
  if (end < 0) return { body: text, bodyLine: 1 };
  return {
    yaml: lines.slice(1, end).join('\n'),
    body: lines.slice(end + 1).join('\n'),
    bodyLine: end + 2,
  };
}
