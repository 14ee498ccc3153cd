import { define, OpportuneInsights } from './opportune-insights.js';

define();

export { define, OpportuneInsights };
