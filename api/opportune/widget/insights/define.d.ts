export { OpportuneInsights, define } from '../insights.js';
import 'lit';
import '../../shared/insights-source.js';
import '../../shared/fact.js';
import '../../shared/linear-program.js';
import '../../shared/problem.js';
