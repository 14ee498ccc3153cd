import { define, OpportuneRoi } from './opportune-roi.js';

define();

export { define, OpportuneRoi };
