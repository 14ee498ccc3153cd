/**
 * Widgets run in Lightning Web Security too, which rewrites the markup of a template before Lit reads it back: a bound
 * attribute vanishes and shifts every later binding, and some elements are removed. So templates bind children,
 * `.properties`, `?booleans` and `@events` only. Prints each fault in widget/ with its place.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

export interface TemplateFault {
  readonly file: string;
  /** From 1. */
  readonly line: number;
  readonly message: string;
}

const removedElements = /<(slot|dialog|template|script)\b/gi;
const brokenDirectives =
  /^lit\/(directives\/(ref|class-map|style-map|unsafe-html|unsafe-svg)|static-html)\.js$/;

export function lintTemplates(file: string, text: string): TemplateFault[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const faults: TemplateFault[] = [];
  const fault = (position: number, message: string): void => {
    const { line } = source.getLineAndCharacterOfPosition(position);
    faults.push({ file, line: line + 1, message });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) && ts.isStringLiteral(node.moduleSpecifier)) {
      const from = node.moduleSpecifier.text;
      if (brokenDirectives.test(from)) fault(node.getStart(), `${from} does not work there`);
    }
    if (ts.isTaggedTemplateExpression(node) && /^(html|svg)$/.test(node.tag.getText()))
      lintTemplate(node.template, fault);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return faults;
}

function lintTemplate(
  template: ts.TemplateLiteral,
  fault: (position: number, message: string) => void,
): void {
  const pieces = ts.isNoSubstitutionTemplateLiteral(template)
    ? [template]
    : [template.head, ...template.templateSpans.map((span) => span.literal)];
  let markup = '';
  pieces.forEach((piece, index) => {
    for (const [tag, name] of piece.text.matchAll(removedElements))
      fault(piece.getStart() + piece.text.indexOf(tag), `<${name}> is removed there`);
    markup += piece.text;
    if (index === pieces.length - 1) return;
    const name = boundAttribute(markup);
    if (name === '')
      fault(piece.getEnd(), 'a binding in a tag needs a .property, ?boolean or @event');
    else if (name !== undefined && !/^[.?@]/.test(name))
      fault(piece.getEnd(), `the attribute ${name} is bound; bind a .property instead`);
    markup += 'x'; // Stands for the value.
  });
}

/** The attribute whose value goes on at the end of the markup, '' inside a tag, undefined between tags. */
function boundAttribute(markup: string): string | undefined {
  const open =
    /<!--(?:(?!-->)[\s\S])*$|<\/?[a-z](?:[^<>"']|"[^"]*"|'[^']*')*(?:"[^"]*|'[^']*)?$/i.exec(
      markup,
    )?.[0];
  if (open === undefined || open.startsWith('<!--')) return undefined;
  return /([^\s"'<>=/]+)\s*=\s*(?:"[^"]*|'[^']*|[^\s"'>]*)$/.exec(open)?.[1] ?? '';
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const files = readdirSync('widget', { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
    .map((file) => join('widget', file));
  const faults = files.flatMap((file) => lintTemplates(file, readFileSync(file, 'utf8')));
  for (const { file, line, message } of faults) console.error(`${file}:${line}: ${message}`);
  if (!faults.length) console.log(`Templates in ${files.length} files suit Lightning.`);
  process.exitCode = faults.length ? 1 : 0;
}
