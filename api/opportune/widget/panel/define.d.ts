export { OpportunePanel, define } from '../panel.js';
import 'lit';
import '../../shared/view.js';
import '../../shared/fact.js';
import '../../shared/playbook.js';
import '../../shared/response.js';
