type Entry = readonly [name: string, text: string];

const TAGS: { readonly [tag: number]: string } = {
  269: 'documentname',
  270: 'description',
  37510: 'comment',
  40091: 'xptitle',
  40092: 'xpcomment',
  40094: 'xpkeywords',
  40095: 'xpsubject',
};
const EXIF_FOLDER = 0x8769;
const MOST_ENTRIES = 500;
/** Of a comment, which says in eight bytes how it is written. */
const COMMENT_HEAD = 8;

/** The texts of Exif data (CIPA DC-008), which begin as a TIFF file does. What is broken in them is passed over. */
export function readExif(data: Uint8Array): readonly Entry[] {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  if (data.length < 8) return [];
  const little = view.getUint16(0) === 0x4949;
  const entries: Entry[] = [];
  const folders = [view.getUint32(4, little)];
  for (const folder of folders) {
    if (folder + 2 > data.length || folders.length > 2) continue;
    const count = Math.min(view.getUint16(folder, little), MOST_ENTRIES);
    for (let i = 0; i < count && folder + 14 + 12 * i <= data.length; i++) {
      const at = folder + 2 + 12 * i;
      const tag = view.getUint16(at, little);
      const size = view.getUint32(at + 4, little);
      if (tag === EXIF_FOLDER) folders.push(view.getUint32(at + 8, little));
      const name = TAGS[tag];
      if (name === undefined) continue;
      const from = size > 4 ? view.getUint32(at + 8, little) : at + 8;
      if (from + size <= data.length)
        entries.push([name, decode(name, data.subarray(from, from + size), little)]);
    }
  }
  return entries;
}

function decode(name: string, bytes: Uint8Array, little: boolean): string {
  if (name.startsWith('xp')) return new TextDecoder('utf-16le').decode(bytes);
  if (name !== 'comment') return new TextDecoder().decode(bytes);
  const kind = new TextDecoder('latin1').decode(bytes.subarray(0, COMMENT_HEAD));
  const text = bytes.subarray(COMMENT_HEAD);
  if (!kind.startsWith('UNICODE')) return new TextDecoder().decode(text);
  return new TextDecoder(little ? 'utf-16le' : 'utf-16be').decode(text);
}
