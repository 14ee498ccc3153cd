export interface SignIn {
  /** Settles once somebody gave a token, with what stands in `authorization`. Nothing keeps it but this page's memory. */
  first(): Promise<string>;
  /** The token counts no more: over the page, which stays as it is. */
  anew(): Promise<string>;
}

/** Signs in by the form that the page holds. */
export function createSignIn(page: Document): SignIn {
  const form = page.querySelector('form');
  const field = form?.querySelector('input');
  let asking: Promise<string> | undefined;

  const taken = (): Promise<string> =>
    new Promise((resolve) => {
      form?.addEventListener('submit', function take(event) {
        event.preventDefault();
        const token = field?.value.trim() ?? '';
        if (token === '' || !field) return;
        field.value = '';
        form.removeEventListener('submit', take);
        form.remove();
        resolve(/^(Bearer|Development) /.test(token) ? token : `Bearer ${token}`);
      });
    });

  async function askOver(): Promise<string> {
    const dialog = page.createElement('dialog');
    if (form) dialog.append(form);
    // There is nothing to go back to.
    dialog.addEventListener('cancel', (event) => event.preventDefault());
    page.body.append(dialog);
    dialog.showModal();
    const token = await taken();
    dialog.remove();
    return token;
  }
  return {
    first: taken,
    anew() {
      asking ??= askOver().finally(() => {
        asking = undefined;
      });
      return asking;
    },
  };
}
