import { define, OpportuneStudio } from './opportune-studio.js';

define();

export { define, OpportuneStudio };
