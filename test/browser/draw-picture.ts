/** Lines of text as a picture, `[size, text]` from the top, as a program would draw them on a page. */
export async function drawPicture(
  lines: readonly (readonly [size: number, text: string])[],
  {
    width = 900,
    height = 600,
    ink = '#1a2022',
    paper = '#ffffff',
    type = 'image/png',
    turned = 0,
  }: {
    readonly width?: number;
    readonly height?: number;
    readonly ink?: string;
    readonly paper?: string;
    readonly type?: 'image/png' | 'image/jpeg' | 'image/webp';
    /** Degrees, as on a sheet that lay askew. */
    readonly turned?: number;
  } = {},
): Promise<Uint8Array<ArrayBuffer>> {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d');
  if (!context) throw new Error('no canvas');
  context.fillStyle = paper;
  context.fillRect(0, 0, width, height);
  context.rotate((turned * Math.PI) / 180);
  context.fillStyle = ink;
  let top = 40;
  for (const [size, text] of lines) {
    top += size * 1.3;
    context.font = `${size}px 'DejaVu Sans', Arial, sans-serif`;
    context.fillText(text, 40, top);
  }
  const blob = await canvas.convertToBlob({ type, quality: 0.9 });
  return new Uint8Array(await blob.arrayBuffer());
}
