import { expect } from '@open-wc/testing';
import { drawMarks } from './chart-marks.js';
import type { Mark } from './mark.js';

describe('a chart of intervals', () => {
  const label = (zero: number, width: number): Extract<Mark, { tag: 'text' }> => {
    const { marks } = drawMarks(
      {
        kind: 'intervals',
        title: 'Growth',
        description: 'Growth.',
        rows: [{ label: 'Revenue', value: 5, text: '+5 %', low: 0, high: 10 }],
        zero: { value: zero, text: 'as today' },
      },
      width,
    );
    const [mark] = marks.flatMap((one) =>
      one.tag === 'text' && one.text === 'as today' ? [one] : [],
    );
    if (!mark) throw new Error('the line has no name');
    return mark;
  };

  it('keeps the name of its line whole where the line stands at the edge of a narrow picture', () => {
    expect(label(0, 280)).to.deep.include({ anchor: 'start', at: [0, 78] });
    expect(label(5, 280).anchor).to.equal('middle');
  });

  it('has that name under the line where there is room', () => {
    expect(label(0, 800).anchor).to.equal('middle');
  });
});
