/** Of what this browser keeps of the demo. */
export const STORE_NAME = 'opportune-demo';
