import type { AppState, Look, Shade } from './app.js';

const KEY = 'opportune-demo-look';

/** Puts the look on the page and keeps it for the next visit. */
export function drawLook({ look, shade }: AppState): void {
  const { dataset } = document.documentElement;
  if (dataset.look === look && dataset.shade === shade) return;
  dataset.look = look;
  dataset.shade = shade;
  const theme = document.querySelector<HTMLLinkElement>('#hubspot');
  if (theme) theme.disabled = look !== 'hubspot';
  try {
    localStorage.setItem(KEY, `${look} ${shade}`);
  } catch {
    // A browser that keeps nothing shows the look of the device next time.
  }
}

export function readLook(): { readonly look: Look; readonly shade: Shade } {
  let kept = '';
  try {
    kept = localStorage.getItem(KEY) ?? '';
  } catch {
    // As above.
  }
  const [look, shade] = kept.split(' ');
  return {
    look: look === 'lightning' || look === 'hubspot' ? look : 'neutral',
    shade: shade === 'light' || shade === 'dark' ? shade : 'system',
  };
}
