/** Why there is no number: what it would take, and what there is. */
export interface TooLittleData {
  readonly needed: string;
  readonly got: number;
}

export function isTooLittle<Result extends object>(
  result: Result | TooLittleData,
): result is TooLittleData {
  return 'needed' in result;
}
