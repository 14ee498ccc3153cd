export { OpportuneStudio, define } from '../studio.js';
import 'lit';
import '../../shared/studio-source.js';
import '../../shared/playbook.js';
import '../../shared/fact.js';
import '../../shared/response.js';
import '../../shared/problem.js';
import '../../shared/port-calls.js';
import '../../shared/workbench.js';
