import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type Calibration, calibrate, type Forecast } from '../../src/analyze/calibration.js';
import { createRandom } from '../../src/core/random.js';

const close = (actual: number | undefined, expected: number, within = 1e-9): void =>
  assert.ok(Math.abs((actual ?? Number.NaN) - expected) <= within, `${actual} is not ${expected}`);

/** Ten deals of each stage, and how many of them were won. */
const STAGES: readonly Forecast[] = [
  [0.1, 1],
  [0.3, 2],
  [0.5, 4],
  [0.7, 5],
  [0.9, 7],
].flatMap(([said = 0, wins = 0]) =>
  Array.from({ length: 10 }, (_, i): Forecast => ({ said, came: i < wins ? 1 : 0 })),
);

describe('the calibration of stage probabilities', () => {
  const found = calibrate(STAGES) as Calibration;
  for (const [name, expected] of [
    ['brier', 0.21],
    ['miscalibration', 0.02],
    ['discrimination', 0.0456],
    ['uncertainty', 0.2356],
    ['came', 0.38],
    ['skill', 0.1086587436],
    ['meanGap', 0.12],
    ['largestGap', 0.2],
    ['logLoss', 0.6178432866],
    ['auc', 0.7546689304],
  ] as const)
    it(`has ${name} ${expected}, as sklearn and Murphy have it`, () => {
      close(found[name], expected);
    });

  it('has the z and p of Spiegelhalter and is 12 points too high on average', () => {
    close(found.spiegelhalter?.z, 1.480872194);
    close(found.spiegelhalter?.p, 0.1386406338);
    close(found.said - found.came, 0.12);
  });

  it('has the interval of Wilson for each stage', () => {
    const expected = [
      [0.0178762131, 0.4041500268],
      [0.05668215145, 0.5098375285],
      [0.1681803297, 0.6873262303],
      [0.2365930905, 0.7634069095],
      [0.3967781475, 0.8922087326],
    ] as const;
    for (const [i, [low, high]] of expected.entries()) {
      close(found.groups[i]?.interval[0], low);
      close(found.groups[i]?.interval[1], high);
    }
  });
});

describe('how well forecasts tell apart who came and who did not', () => {
  for (const { came, not, auc } of [
    { came: [3, 1, 0], not: [2, 0, 1], auc: 0.75 },
    {
      came: [50, 70, 75, 80, 85, 90, 110, 130, 150, 160],
      not: [1440, 1350, 1170, 990, 810, 765, 720, 675, 630, 450],
      auc: 0.6871,
    },
  ])
    it(`is ${auc} for groups of which ${came.join(', ')} came, as pdstools has it`, () => {
      const forecasts = came.flatMap((yes, i) => {
        const no = not[i] as number;
        const said = yes / (yes + no);
        return Array.from(
          { length: yes + no },
          (_, at): Forecast => ({ said, came: at < yes ? 1 : 0 }),
        );
      });
      close((calibrate(forecasts, { fewest: 1 }) as Calibration).auc, auc, 1e-4);
    });
});

describe('calibration', () => {
  it('adds up exactly for whatever was said', () => {
    const random = createRandom(3);
    const forecasts = Array.from({ length: 500 }, (): Forecast => {
      const said = random();
      return { said, came: random() < said ** 2 ? 1 : 0 };
    });
    const { brier, miscalibration, discrimination, uncertainty, groups } = calibrate(
      forecasts,
    ) as Calibration;
    close(miscalibration - discrimination + uncertainty, brier, 1e-12);
    assert.deepEqual(
      groups.map(({ count }) => count),
      new Array(10).fill(50),
    );
  });

  it('divides nothing by zero where all came, or the same was said of all', () => {
    const all = calibrate(new Array<Forecast>(30).fill({ said: 1, came: 1 })) as Calibration;
    assert.deepEqual(
      [all.brier, all.skill, all.auc, all.spiegelhalter, all.logLoss],
      [0, 0, undefined, undefined, -0],
    );
  });

  it('has no number for 19 forecasts', () => {
    assert.deepEqual(calibrate(STAGES.slice(0, 19)), {
      needed: '20 forecasts that came out',
      got: 19,
    });
  });
});
