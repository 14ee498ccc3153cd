/**
 * Texts as bytes that sort as the text's UTF-16 code units do, so that the database's order is ours on every machine. It
 * is CESU-8: UTF-8, but for each half of a surrogate pair, which has its own three bytes. A lone half and NUL survive.
 */
export function toBytes(text: string): Buffer {
  if (!/[\ud800-\udfff]/.test(text)) return Buffer.from(text, 'utf8');
  const parts: Buffer[] = [];
  let start = 0;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit < 0xd800 || unit > 0xdfff) continue;
    parts.push(
      Buffer.from(text.slice(start, i), 'utf8'),
      Buffer.from([0xed, 0x80 | ((unit >> 6) & 0x3f), 0x80 | (unit & 0x3f)]),
    );
    start = i + 1;
  }
  parts.push(Buffer.from(text.slice(start), 'utf8'));
  return Buffer.concat(parts);
}

export function fromBytes(bytes: Buffer): string {
  let text = '';
  let start = 0;
  for (let i = bytes.indexOf(0xed); i >= 0; i = bytes.indexOf(0xed, i + 1)) {
    const [second = 0, third = 0] = bytes.subarray(i + 1, i + 3);
    // Below this the three bytes are a Hangul syllable, which UTF-8 writes the same way.
    if (second < 0xa0) continue;
    text += bytes.toString('utf8', start, i);
    text += String.fromCharCode(0xd000 | ((second & 0x3f) << 6) | (third & 0x3f));
    start = i + 3;
  }
  return text + bytes.toString('utf8', start);
}
