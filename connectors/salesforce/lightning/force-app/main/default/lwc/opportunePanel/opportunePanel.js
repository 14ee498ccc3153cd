import getGrant from '@salesforce/apex/OpportunePanel.getGrant';
import LOCALE from '@salesforce/i18n/locale';
import PANEL from '@salesforce/resourceUrl/opportunePanel';
import { loadScript } from 'lightning/platformResourceLoader';
import { api, LightningElement } from 'lwc';
import { openFrameLink } from './frameLink';
import { readLook } from './hostLook';

/** So long the page in the frame may take until it says that it is there. */
const PATIENCE_MS = 15000;
const RETRY_MS = 30000;
const LEAST_HEIGHT = 120;

/** The panel on a record page. Nothing of it keeps the page from working: whatever fails is told in its place. */
export default class OpportunePanel extends LightningElement {
  /** Where the gateway is; the trusted URL of the organisation names it too. */
  @api gateway;
  /** `frame` or `component`. */
  @api mode = 'frame';
  /** Pixels; 0 follows the panel. */
  @api height = 0;
  @api objectApiName;
  label = 'Next best action';
  problem;

  _recordId;
  _since;
  _link;
  _mounted;
  _timers = new Set();
  _isOpen = false;
  _hasBegun = false;
  _panelHeight = LEAST_HEIGHT;
  _round = 0;

  @api get recordId() {
    return this._recordId;
  }

  set recordId(id) {
    if (id === this._recordId) return;
    this._recordId = id;
    // A console shows another record in the same component.
    if (this._mounted) this._mounted.show(this.record);
    else if (this._isOpen) this._link.say({ type: 'record', record: this.record });
  }

  get record() {
    return { object: this.objectApiName, id: this._recordId };
  }

  get isFrame() {
    return this.mode !== 'component';
  }

  get origin() {
    try {
      const { protocol, origin } = new URL(this.gateway);
      return protocol === 'https:' || /^http:\/\/(localhost|127\.0\.0\.1)(:|$)/.test(origin)
        ? origin
        : undefined;
    } catch {
      return undefined;
    }
  }

  /** Another round loads the page anew. */
  get src() {
    return this.origin && `${this.origin}/embed/panel?round=${this._round}`;
  }

  get frameClass() {
    return this._isOpen ? '' : 'away';
  }

  get frameStyle() {
    return `height: ${Number(this.height) || this._panelHeight}px`;
  }

  get canRetry() {
    return this.problem && this.origin;
  }

  connectedCallback() {
    if (!this.origin) {
      this.problem = {
        title: 'The panel has no gateway',
        text: 'An administrator sets its address in Lightning App Builder, beginning with https.',
      };
    } else if (this.isFrame) {
      this._link = openFrameLink(this.origin, {
        frameWindow: () => this.template.querySelector('iframe')?.contentWindow,
        hear: (message) => this.hear(message),
      });
      this.waitForFrame();
    }
  }

  renderedCallback() {
    if (this.isFrame || this._hasBegun || !this.origin) return;
    this._hasBegun = true;
    void this.mount();
  }

  disconnectedCallback() {
    this._link?.close();
    this._mounted?.close();
    this._mounted = undefined;
    this._isOpen = false;
    this._hasBegun = false;
    this.stopTimers();
  }

  /** A page that does not come, or not from the gateway, says nothing; some browsers do not even tell that it failed. */
  waitForFrame() {
    this.later(PATIENCE_MS, () => this._isOpen || this.fail());
  }

  async hear(message) {
    if (message.type === 'ready') await this.open();
    else if (message.type === 'opened') this.stand();
    else if (message.type === 'grant-needed') await this.renew();
    else if (message.type === 'height') {
      this._panelHeight = Math.max(LEAST_HEIGHT, Math.ceil(Number(message.height)) || 0);
    } else if (message.type === 'action') this.tell(message);
  }

  async open() {
    try {
      const grant = await this.grant();
      const look = readLook(this.template.host);
      this._link.say({ type: 'open', record: this.record, grant, look, locale: LOCALE });
    } catch (error) {
      this.fail(error);
    }
  }

  async renew() {
    try {
      this._link.say({ type: 'grant', grant: await this.grant() });
    } catch (error) {
      this._link.say({ type: 'no-grant', signedOut: isRefusal(error) });
    }
  }

  /** The web component in this page. */
  async mount() {
    try {
      const [grant] = await Promise.all([this.grant(), loadScript(this, PANEL)]);
      const place = this.template.querySelector('.place');
      this._mounted = await window.opportunePanel.mountPanel(place, {
        url: this.origin,
        record: this.record,
        grant,
        renew: () => this.grant(),
        // Hooks are inherited; whether what no hook names is dark is not told by all of them.
        look: { scheme: readLook(this.template.host).scheme },
        locale: LOCALE,
      });
      place.addEventListener('actionaccept', ({ detail }) => this.tell(detail));
      this.stand();
    } catch (error) {
      this.fail(error);
    }
  }

  /**
   * What the gateway gives to the user who is before this page, for the record in view; Apex asks for it, and no session
   * leaves Salesforce.
   */
  async grant() {
    const { token, expiresAt, rep, perRecord } = JSON.parse(
      await getGrant({ recordId: this._recordId }),
    );
    return { token, expiresAt, rep, perRecord };
  }

  stand() {
    const hadFocus = this.template.activeElement?.localName === 'button';
    this.stopTimers();
    this._isOpen = true;
    this._since = undefined;
    this.problem = undefined;
    // Whoever pressed the button that goes away now goes on in what came for it, once that is drawn.
    if (hadFocus)
      void Promise.resolve().then(() => this.template.querySelector('iframe, .place')?.focus());
  }

  fail(error) {
    this.stopTimers();
    this._since = this._since || new Date();
    const time = this._since.toLocaleTimeString(LOCALE, { hour: '2-digit', minute: '2-digit' });
    this.problem = isRefusal(error)
      ? {
          title: `No guidance since ${time}`,
          text: 'You may not use it yet: an administrator gives you the permission set Opportune.',
        }
      : {
          title: `No guidance since ${time}`,
          text: 'The gateway cannot be reached. Your CRM works as usual, and we keep trying.',
        };
    this.later(RETRY_MS, () => this._isOpen || this.retry());
  }

  retry() {
    this.stopTimers();
    if (this.isFrame) {
      this._round += 1;
      this.waitForFrame();
    } else void this.mount();
  }

  /** For other components of the page, and so that the page can show what was logged. */
  tell({ card, record, kind }) {
    const detail = { card, record, kind };
    this.dispatchEvent(new CustomEvent('actionaccept', { detail, bubbles: true, composed: true }));
  }

  stopTimers() {
    for (const timer of this._timers) clearTimeout(timer);
    this._timers.clear();
  }

  later(ms, run) {
    const timer = setTimeout(() => {
      this._timers.delete(timer);
      run();
    }, ms);
    this._timers.add(timer);
  }
}

/** What Apex says when the gateway, or Salesforce itself, refuses this user. */
function isRefusal(error) {
  const { message = '', exceptionType = '' } = error?.body || {};
  return (
    message === 'refused' || /NoAccess|InvalidOrMissing|PermissionException/.test(exceptionType)
  );
}
