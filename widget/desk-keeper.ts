import type { LitElement, ReactiveController } from 'lit';

interface Closable {
  close(): void;
}

/** The desk at which an element's user sits. */
export interface DeskKeeper<Desk> extends ReactiveController {
  /** Undefined while it is being opened, where there is no source, and where it failed. */
  readonly desk: Desk | undefined;
  /** Why it could not be opened. */
  readonly failed: string | undefined;
  /** Opens it anew. */
  sit(): void;
}

/** Opens a desk for each source that an element is given, and closes it when the element leaves the page. */
export function keepDesk<Source, Desk extends Closable>(
  host: LitElement & { readonly source: Source | undefined },
  open: (source: Source) => Promise<Desk>,
): DeskKeeper<Desk> {
  let desk: Desk | undefined;
  let failed: string | undefined;
  let opening = 0;
  let seated: Source | undefined;

  function leave(): void {
    opening++;
    desk?.close();
    desk = undefined;
  }

  function sit(): void {
    leave();
    failed = undefined;
    const own = opening;
    const { source } = host;
    seated = source;
    if (!source) return;
    open(source).then(
      (opened) => {
        if (own !== opening || !host.isConnected) return opened.close();
        desk = opened;
        host.requestUpdate();
      },
      (error: unknown) => {
        if (own !== opening) return;
        failed = error instanceof Error ? error.message : String(error);
        host.requestUpdate();
      },
    );
    host.requestUpdate();
  }

  const keeper: DeskKeeper<Desk> = {
    get desk() {
      return desk;
    },
    get failed() {
      return failed;
    },
    sit,
    hostConnected() {
      if (host.hasUpdated) sit();
    },
    hostDisconnected: leave,
    hostUpdate() {
      if (host.source !== seated) sit();
    },
  };
  host.addController(keeper);
  return keeper;
}
