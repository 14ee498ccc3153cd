export function bundleHost(
  name: 'frame' | 'insights' | 'day' | 'dayWorker' | 'lightning' | 'hubspot',
): Promise<string>;

export function bundleStudio(): Promise<{
  readonly names: {
    readonly page: string;
    readonly worker: string;
    readonly pdfWorker: string;
    readonly pictureWorker: string;
    readonly program: string;
    readonly language: string;
  };
  readonly files: ReadonlyMap<string, Uint8Array>;
}>;
