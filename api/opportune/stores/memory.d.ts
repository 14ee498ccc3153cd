import { Store } from '../index.js';
import '../shared/fact.js';
import '../shared/playbook.js';
import '../shared/response.js';

/**
 * A store that lives as long as the page or process. What is committed is copied and frozen, once: reads give the
 * stored values themselves, and what a later commit carries over unchanged is not copied again.
 */
declare function createMemoryStore(): Store;

export { createMemoryStore };
