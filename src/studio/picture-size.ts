/** How many points a PNG, JPEG or WebP file says it has; 0 where it does not say. A browser makes room for all of them before it draws one. */
export function pictureSize(bytes: Uint8Array): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const has = (at: number, text: string): boolean =>
    [...text].every((letter, i) => bytes[at + i] === letter.charCodeAt(0));
  if (bytes.length < 30) return 0;
  if (has(1, 'PNG')) return view.getUint32(16) * view.getUint32(20);
  if (has(8, 'WEBP')) return webpSize(view, has);
  return bytes[0] === 0xff && bytes[1] === 0xd8 ? jpegSize(view) : 0;
}

function webpSize(view: DataView, has: (at: number, text: string) => boolean): number {
  const three = (at: number): number => view.getUint16(at, true) + 65_536 * view.getUint8(at + 2);
  if (has(12, 'VP8X')) return (three(24) + 1) * (three(27) + 1);
  if (has(12, 'VP8L')) {
    const bits = view.getUint32(21, true);
    return ((bits & 0x3fff) + 1) * (((bits >>> 14) & 0x3fff) + 1);
  }
  return (view.getUint16(26, true) & 0x3fff) * (view.getUint16(28, true) & 0x3fff);
}

/** By its frame header (ITU-T T.81): C0 to CF, but for tables and arithmetic. */
function jpegSize(view: DataView): number {
  for (let at = 2; at + 9 <= view.byteLength && view.getUint8(at) === 0xff; ) {
    const marker = view.getUint8(at + 1);
    if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker))
      return view.getUint16(at + 5) * view.getUint16(at + 7);
    at += 2 + Math.max(2, view.getUint16(at + 2));
  }
  return 0;
}
