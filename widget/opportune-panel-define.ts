import { define, OpportunePanel } from './opportune-panel.js';

define();

export { define, OpportunePanel };
