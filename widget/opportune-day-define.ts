import { define, OpportuneDay } from './opportune-day.js';

define();

export { define, OpportuneDay };
