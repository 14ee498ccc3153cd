export type Style = ReadonlyMap<string, string>;

/** The declarations of an element itself, also those that no browser knows, as Word writes them. */
export function styleOf(element: Element): Style {
  const style = new Map<string, string>();
  for (const part of (element.getAttribute('style') ?? '').split(';')) {
    const colon = part.indexOf(':');
    if (colon < 0) continue;
    const value = part.slice(colon + 1).replace(/!important/i, '');
    style.set(part.slice(0, colon).trim().toLowerCase(), value.trim().toLowerCase());
  }
  return style;
}

/** Nothing in them is text of the page. Struck text was taken back by its author. */
const NO_TEXT = new Set(
  `script style template noscript noembed noframes iframe frame frameset object embed applet param svg math head title link meta
  base canvas audio video source track input select textarea button option datalist dialog xml map area del s strike`.split(
    /\s+/,
  ),
);

/** True for an element that is no text, or that nobody sees: what is in it would come as a surprise. */
export function isUnseen(element: Element): boolean {
  const name = element.localName.toLowerCase();
  if (NO_TEXT.has(name.replace(/^.*:/, '')) || element.hasAttribute('hidden')) return true;
  if (element.getAttribute('aria-hidden') === 'true') return true;
  const style = styleOf(element);
  const is = (property: string, wanted: RegExp): boolean => wanted.test(style.get(property) ?? '');
  return (
    is('display', /^none/) ||
    is('visibility', /^(?:hidden|collapse)/) ||
    is('mso-hide', /^all/) ||
    is('mso-list', /^ignore/) ||
    is('mso-element', /^(?:comment|footnote-list)/) ||
    is('opacity', /^(?:0+(?:\.0*)?|\.0+)%?$/) ||
    is('font-size', /^0(?![.\d]*[1-9])/) ||
    is('max-height', /^0(?![.\d]*[1-9])/) ||
    is('text-decoration', /line-through/) ||
    is('text-decoration-line', /line-through/) ||
    is('clip', /rect\(0/) ||
    ['left', 'top', 'right', 'text-indent', 'margin-left'].some((side) => is(side, /^-\d{4}/)) ||
    /\b(?:MsoCommentReference|msocomanchor|msocomtxt)\b/i.test(element.getAttribute('class') ?? '')
  );
}
