import type { Page } from 'puppeteer-core';

/** A picture with these words, drawn by the browser. */
export async function drawIn(page: Page, type: string, words: string): Promise<Uint8Array> {
  const letters = await page.evaluate(
    async (kind, text) => {
      const canvas = new OffscreenCanvas(800, 300);
      const context = canvas.getContext('2d');
      if (!context) throw new Error('no canvas');
      context.fillStyle = 'white';
      context.fillRect(0, 0, 800, 300);
      context.fillStyle = 'black';
      context.font = '40px sans-serif';
      context.fillText(text, 40, 120);
      const blob = await canvas.convertToBlob({ type: kind });
      return [...new Uint8Array(await blob.arrayBuffer())];
    },
    ...([type, words] as const),
  );
  return Uint8Array.from(letters);
}

/** Drops files on the studio's list of content, as a hand does. */
export async function dropFiles(
  page: Page,
  files: readonly (readonly [name: string, bytes: Uint8Array])[],
): Promise<void> {
  await page.evaluate(
    (given) => {
      const data = new DataTransfer();
      for (const { name, letters } of given)
        data.items.add(new File([Uint8Array.from(letters)], name));
      document
        .querySelector('opportune-studio')
        ?.shadowRoot?.querySelector('main.contents')
        ?.dispatchEvent(
          new DragEvent('drop', { dataTransfer: data, bubbles: true, composed: true }),
        );
    },
    files.map(([name, bytes]) => ({ name, letters: [...bytes] })),
  );
}
