import { escapeHtml } from '../../src/view/escape-html.js';
import { unlinked } from './one-line.js';
import type { Digest, DigestItem } from './plan-digest.js';

/** The panel's tokens, light; what stands in the head turns them dark where the mail program reads it. */
const INK = '#1a2022';
const DIM = '#556063';
const LINE = '#dde2e0';
const ACCENT = '#0d6270';
const FONT = "-apple-system,BlinkMacSystemFont,'Segoe UI',Roboto,'Helvetica Neue',Arial,sans-serif";

const HEAD_STYLE = `:root{color-scheme:light dark;supported-color-schemes:light dark}
@media (max-width:480px){.pad{padding-left:16px!important;padding-right:16px!important}.out{padding:0!important}.box{border-radius:0!important;border-left:0!important;border-right:0!important}}
@media (prefers-color-scheme:dark){.page{background:#121415!important}.box{background:#1b1e20!important;border-color:#363c3f!important}.ink{color:#e7ebea!important}.dim{color:#a6b0b1!important}.rule{border-color:#363c3f!important}.mark{border-color:#77c8d2!important}.key{background:#77c8d2!important}.key a{color:#062a31!important}.link{color:#77c8d2!important}}`;

/** The mail as tables with styles of their own, for programs that read no more: no pictures, no scripts, nothing fetched. */
export function toDigestHtml(digest: Digest, stopUrl: string): string {
  const { locale, direction, subject, preheader, heading, day, items, more, notes, stop } = digest;
  return `<!DOCTYPE html>
<html lang="${escapeHtml(locale)}" dir="${direction}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<meta name="format-detection" content="telephone=no,date=no,address=no,email=no">
<meta name="x-apple-disable-message-reformatting">
<title>${said(subject)}</title>
<style>${HEAD_STYLE}</style>
</head>
<body class="page" style="margin:0;padding:0;background:#f3f5f4;-webkit-text-size-adjust:100%">
<div style="display:none;max-height:0;overflow:hidden;mso-hide:all">${said(preheader)}</div>
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" class="page" style="background:#f3f5f4"><tr><td align="center" class="out" style="padding:24px 12px">
<!--[if mso]><table role="presentation" width="600" cellpadding="0" cellspacing="0" border="0"><tr><td><![endif]-->
<table role="presentation" dir="${direction}" width="100%" cellpadding="0" cellspacing="0" border="0" class="box" style="max-width:600px;background:#ffffff;border:1px solid ${LINE};border-radius:8px;border-collapse:separate">
<tr><td class="pad" style="padding:24px 28px 20px;${start(direction)}">
<h1 class="ink" style="margin:0;font:600 20px/26px ${FONT};color:${INK}">${escapeHtml(heading)}</h1>
<p class="dim" style="margin:2px 0 0;font:400 14px/20px ${FONT};color:${DIM}">${escapeHtml(day)}</p>
</td></tr>
${items.map((item) => itemRow(item, direction)).join('\n')}
${more ? `<tr><td class="pad rule" style="padding:16px 28px;border-top:1px solid ${LINE};${start(direction)}">${paragraph(more, 'ink', 0)}</td></tr>\n` : ''}<tr><td class="pad rule" style="padding:16px 28px 24px;border-top:1px solid ${LINE};${start(direction)}">
${notes.map((note) => `<p class="dim" style="margin:0 0 4px;font:400 13px/19px ${FONT};color:${DIM}">${escapeHtml(note)}</p>`).join('\n')}
<p style="margin:0;font:400 13px/19px ${FONT}"><a class="link" href="${escapeHtml(stopUrl)}" style="color:${ACCENT};display:inline-block;padding:8px 0">${escapeHtml(stop)}</a></p>
</td></tr>
</table>
<!--[if mso]></td></tr></table><![endif]-->
</td></tr></table>
</body>
</html>
`;
}

function itemRow(item: DigestItem, direction: Digest['direction']): string {
  const { name, title, why, ownTry, changed, facts, question, action } = item;
  return `<tr><td class="pad rule" style="padding:20px 28px 22px;border-top:1px solid ${LINE};${start(direction)}">
<h2 class="ink" style="margin:0;font:600 17px/23px ${FONT};color:${INK}"><span class="dim" style="display:block;font:400 13px/19px ${FONT};color:${DIM}">${said(name)}</span> ${said(title)}</h2>
${why === '' ? '' : paragraph(why, 'ink', 4)}
${ownTry ? paragraph(ownTry, 'ink', 4) : ''}
${changed ? changedBlock(changed, direction) : ''}
${facts.length > 0 ? `<p class="dim" style="margin:10px 0 0;font:400 13px/19px ${FONT};color:${DIM}">${facts.map(factLine).join('<br>\n')}</p>` : ''}
${question ? paragraph(question, 'ink', 10) : ''}
${action.href ? button(action.label, action.href) : ''}
</td></tr>`;
}

function changedBlock(
  { label, text, when, compared }: NonNullable<DigestItem['changed']>,
  direction: Digest['direction'],
): string {
  const side = direction === 'rtl' ? 'right' : 'left';
  return `<table role="presentation" cellpadding="0" cellspacing="0" border="0" style="margin:10px 0 0"><tr><td class="mark" style="border-${side}:3px solid ${ACCENT};padding-${side}:10px;${start(direction)}">
<p class="dim" style="margin:0;font:400 13px/19px ${FONT};color:${DIM}">${escapeHtml(label)} · ${said(when)}</p>
${paragraph(text, 'ink', 0)}
${compared ? `<p class="dim" style="margin:0;font:400 13px/19px ${FONT};color:${DIM}">${said(compared)}</p>` : ''}
</td></tr></table>`;
}

function factLine({ label, strong, text }: DigestItem['facts'][number]): string {
  return `${escapeHtml(label)}: <b class="ink" style="font-weight:600;color:${INK}">${said(strong)}</b>${text === '' ? '' : `. ${said(text)}`}`;
}

/** Padding on the link and colour on the cell: Outlook keeps only the second. */
function button(label: string, href: string): string {
  return `<table role="presentation" cellpadding="0" cellspacing="0" border="0" style="margin:14px 0 0"><tr><td class="key" bgcolor="${ACCENT}" style="border-radius:6px;background:${ACCENT}"><a href="${escapeHtml(href)}" style="display:inline-block;padding:11px 18px;font:600 15px/22px ${FONT};color:#ffffff;text-decoration:none">${said(label)}</a></td></tr></table>`;
}

function paragraph(text: string, tone: 'ink' | 'dim', above: number): string {
  return `<p class="${tone}" style="margin:${above}px 0 0;font:400 15px/22px ${FONT};color:${tone === 'ink' ? INK : DIM};overflow-wrap:anywhere">${said(text)}</p>`;
}

function start(direction: Digest['direction']): string {
  return `text-align:${direction === 'rtl' ? 'right' : 'left'}`;
}

/** Words that may be a stranger's. */
function said(text: string): string {
  return escapeHtml(unlinked(text));
}
