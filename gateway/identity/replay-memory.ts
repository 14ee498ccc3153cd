/** Remembers signed requests for as long as they would be believed. Several gateways share one, in their database. */
export interface ReplayMemory {
  /** `new` for one caller alone, however many ask at once. `full`: it cannot be remembered, and must not be believed. */
  claim(key: string, until: number): Promise<'new' | 'known' | 'full'>;
  /** When a request failed by our own fault, so that the CRM may send it again as it was. */
  forget(key: string): Promise<void>;
}
