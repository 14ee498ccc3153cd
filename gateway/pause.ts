/** Others are answered in between. */
export const pause = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
