/** A chart laid out for a width in pixels: what draws it knows SVG alone. */
export interface DrawnChart {
  readonly width: number;
  readonly height: number;
  readonly marks: readonly Mark[];
}

/** Its class says what it is: `mark`, `faint`, `zero`, `axis`, `quiet` or none. */
export type Mark =
  | {
      readonly tag: 'line';
      readonly look: string;
      readonly from: Point;
      readonly to: Point;
    }
  | { readonly tag: 'circle'; readonly look: string; readonly at: Point; readonly radius: number }
  | {
      readonly tag: 'rect';
      readonly look: string;
      readonly at: Point;
      readonly width: number;
      readonly height: number;
    }
  | {
      readonly tag: 'text';
      readonly look: string;
      readonly at: Point;
      readonly anchor: 'start' | 'middle' | 'end';
      readonly text: string;
    };

type Point = readonly [x: number, y: number];

export const write = (
  look: string,
  at: Point,
  anchor: 'start' | 'middle' | 'end',
  text: string,
): Mark => ({
  tag: 'text',
  look,
  at,
  anchor,
  text,
});
