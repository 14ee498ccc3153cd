/** The styling hooks that the panel draws with; a frame does not inherit them. */
const HOOKS = [
  '--slds-g-color-surface-container-1',
  '--slds-g-color-surface-container-2',
  '--slds-g-color-on-surface-1',
  '--slds-g-color-on-surface-2',
  '--slds-g-color-border-1',
  '--slds-g-color-border-2',
  '--slds-g-color-accent-2',
  '--slds-g-color-accent-container-1',
  '--slds-g-color-on-accent-1',
  '--slds-g-color-warning-1',
  '--slds-g-color-error-1',
  '--slds-g-radius-border-1',
  '--slds-g-font-family-base',
];

/** What the page around the component looks like: its hooks as they are here, and whether it is dark. */
export function readLook(element) {
  const style = getComputedStyle(element);
  const hooks = {};
  for (const name of HOOKS) {
    const value = style.getPropertyValue(name).trim();
    if (value) hooks[name] = value;
  }
  return { hooks, scheme: isDark(style) ? 'dark' : 'light' };
}

/** Text that is lighter than the middle stands on something dark. */
function isDark({ color }) {
  const [red, green, blue] = (color.match(/[\d.]+/g) || []).map(Number);
  return 0.299 * red + 0.587 * green + 0.114 * blue > 140;
}
