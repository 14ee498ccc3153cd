import { transformSync } from 'esbuild';
import ts from 'typescript';

/**
 * A rollup plugin that shortens what no minifier looks into: white space in `html` and `svg` templates, where any run of
 * it means one space, and `css` without holes.
 */
export const shortenTemplates = {
  name: 'shorten-templates',
  transform(code, id) {
    if (!/\/widget\/[^/]+\.ts$/.test(id)) return null;
    const source = ts.createSourceFile(id, code, ts.ScriptTarget.Latest, true);
    const edits = [];
    const visit = (node) => {
      if (ts.isTaggedTemplateExpression(node)) {
        const { tag, template } = node;
        const whole = ts.isNoSubstitutionTemplateLiteral(template);
        const pieces = whole
          ? [template]
          : [template.head, ...template.templateSpans.map((span) => span.literal)];
        const shorten = { html: shortMarkup, svg: shortMarkup, css: whole && shortStyle }[tag.text];
        if (shorten)
          for (const piece of pieces)
            edits.push([piece.getStart(), piece.end, shorten(piece.getText())]);
      }
      ts.forEachChild(node, visit);
    };
    visit(source);
    // Later pieces first, so that earlier positions stay true.
    edits.sort(([a], [b]) => b - a);
    return edits.reduce(
      (text, [from, to, short]) => text.slice(0, from) + short + text.slice(to),
      code,
    );
  },
};

/** A piece comes with its delimiters: a backtick, `${` or `}`. */
const shortMarkup = (piece) => piece.replace(/\s+/g, ' ');

function shortStyle(piece) {
  const { code } = transformSync(piece.slice(1, -1), { loader: 'css', minify: true });
  // It leaves the values of custom properties as they are.
  const short = code
    .trim()
    .replace(/\s+/g, ' ')
    .replace(/([(,:]) | (?=\))/g, '$1');
  return `\`${short.replaceAll('\\', '\\\\')}\``;
}
