/**
 * How sure a match is, surest first. A row counts as found when it is the only one at the surest level that has any;
 * two there, or none at all, is unsure, and an unsure match is reported and never made. There is no level for names that
 * are merely alike: "Sonron" and "Sonrom" may be two customers.
 *
 * - `letters`: the same text
 * - `name`: the same letters and digits, without case, accents, spaces and punctuation ("GTXPro", "GTX Pro")
 * - `bare`: the same name without the legal form ("Acme", "ACME Inc.")
 */
export interface NameForms {
  readonly letters: string;
  readonly name: string;
  readonly bare: string;
}

const LEGAL_FORMS = new Set(
  'inc incorporated corp corporation co company ltd limited llc llp lp plc gmbh ag kg ohg ug se sa sas sarl srl spa bv nv ab as oy aps pty pte kk'.split(
    ' ',
  ),
);
const ACCENTS = /\p{M}/gu;
const APART = /[^\p{L}\p{N}]+/u;

/** The forms in which a name is looked up, surest first. Empty ones match nothing. */
export function namesOf(text: string): NameForms {
  const words = text
    .normalize('NFKD')
    .replaceAll(ACCENTS, '')
    .toLowerCase()
    .replaceAll(/(?<=\p{L})[.'’](?=\p{L}|$|\s)/gu, '')
    .replaceAll('&', ' and ')
    .split(APART)
    .filter((word) => word !== '');
  const bare = [...words];
  while (bare.length > 1 && (LEGAL_FORMS.has(bare.at(-1) ?? '') || bare.at(-1) === 'and'))
    bare.pop();
  return { letters: text, name: words.join(''), bare: bare.join('') };
}

/** Mailbox providers: an address there says nothing about a company. */
const SHARED_DOMAINS = new Set(
  'gmail.com googlemail.com outlook.com hotmail.com live.com msn.com yahoo.com icloud.com me.com aol.com gmx.de gmx.net web.de proton.me protonmail.com qq.com 163.com mail.ru yandex.ru'.split(
    ' ',
  ),
);

/** The host of an email address, a web address or a host name, without `www.`; empty where it names no company. */
export function domainOf(text: string): string {
  const host = text
    .trim()
    .toLowerCase()
    .replace(/^[a-z][a-z0-9+.-]*:\/\//, '')
    .replace(/[/?#].*$/s, '')
    .replace(/^.*@/s, '')
    .replace(/:\d+$/, '')
    .replace(/^www\./, '')
    .replace(/\.$/, '');
  return /^[^\s.]+(\.[^\s.]+)+$/.test(host) && !SHARED_DOMAINS.has(host) ? host : '';
}
