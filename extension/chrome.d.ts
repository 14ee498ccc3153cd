/** Of Chrome's interface for extensions, as far as it is used. */
interface ChromeEvent<Listener> {
  addListener(listener: Listener): void;
}

interface ChromeTab {
  readonly id?: number;
  readonly windowId: number;
  readonly active: boolean;
  /** Absent for pages that the extension has no permission for. */
  readonly url?: string;
}

declare const chrome: {
  readonly runtime: {
    readonly onInstalled: ChromeEvent<(details: { readonly reason: string }) => void>;
    readonly onStartup: ChromeEvent<() => void>;
    getURL(path: string): string;
    getPlatformInfo(): Promise<unknown>;
    openOptionsPage(): Promise<void>;
  };
  readonly alarms: {
    create(name: string, when: { readonly periodInMinutes: number }): Promise<void>;
    get(name: string): Promise<unknown>;
    readonly onAlarm: ChromeEvent<(alarm: { readonly name: string }) => void>;
  };
  readonly identity: {
    getRedirectURL(path: string): string;
    launchWebAuthFlow(how: {
      readonly url: string;
      readonly interactive: boolean;
    }): Promise<string | undefined>;
  };
  readonly sidePanel: {
    setPanelBehavior(how: { readonly openPanelOnActionClick: boolean }): Promise<void>;
  };
  readonly storage: {
    readonly managed: { get(): Promise<{ readonly [name: string]: unknown }> };
  };
  readonly tabs: {
    query(which: {
      readonly active: boolean;
      readonly currentWindow: boolean;
    }): Promise<readonly ChromeTab[]>;
    get(id: number): Promise<ChromeTab>;
    readonly onUpdated: ChromeEvent<
      (id: number, change: { readonly url?: string }, tab: ChromeTab) => void
    >;
    readonly onActivated: ChromeEvent<
      (what: { readonly tabId: number; readonly windowId: number }) => void
    >;
  };
  readonly windows: { getCurrent(): Promise<{ readonly id?: number }> };
};
