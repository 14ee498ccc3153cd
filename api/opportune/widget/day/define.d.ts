export { OpportuneDay, define } from '../day.js';
import 'lit';
import '../../shared/day-source.js';
import '../../shared/fact.js';
import '../../shared/playbook.js';
import '../../shared/response.js';
import '../../shared/port-calls.js';
import '../../shared/linear-program.js';
