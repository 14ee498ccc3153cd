import { render } from 'lit';
import { COMPANY, type Fact } from 'opportune';
import 'opportune/widget/panel/define';
import type { AppState, Scene } from '../crm/app.js';
import { createCrm, nameOf } from '../crm/crm.js';
import { createDemoWorld } from '../crm/data/world.js';
import { toMoment } from '../crm/format.js';
import { drawLook, readLook } from '../crm/look.js';
import { openSeat, type Seat } from './seat.js';
import { ACCOUNTS, type GatewayPlace, SEATS, TENANT } from './team.js';
import { createTravels } from './travels.js';
import { drawPage, type Stage } from './views.js';

const SEED = 7;
const PLACE = 'gateway.json';

/** Puts the two seats on the page, and resolves when both are there. */
export async function startPage(root: HTMLElement): Promise<void> {
  let place = (await (await fetch(PLACE)).json()) as GatewayPlace;
  const now = (): number => Date.now() + place.ahead;
  let passing: Promise<void> | undefined;
  const crm = createCrm();
  const facts = [...createDemoWorld(SEED).facts.filter(isOurs), ...readDone(place.url)];
  crm.add(facts);
  const [first = ''] = ACCOUNTS;
  let common: Pick<AppState, 'look' | 'shade' | 'told'> & { readonly account: string } = {
    ...readLook(),
    told: '',
    account: ACCOUNTS.find((id) => location.hash === toHash(id)) ?? first,
  };
  const seats: Seat[] = [];
  const draw = (): void => {
    if (seats.length === SEATS.length) render(drawPage(stage), root);
  };
  const travels = createTravels(() => performance.now(), draw);
  const begin = (what: string): void =>
    travels.begin(
      what,
      now(),
      seats.map(({ scene }) => !scene.state.online),
    );
  const update = (change: Partial<typeof common>): void => {
    common = { ...common, ...change };
    drawLook(stateOf());
    for (const seat of seats) seat.look(common.account);
    draw();
  };
  const stateOf = (): AppState => ({
    ...common,
    route: { page: 'account', account: common.account },
    asker: '',
    now: now(),
    online: true,
    list: { words: '', owner: '', sort: '', down: false },
    tab: 'activity',
    only: '',
    shown: 0,
  });

  /** The CRM writes it down, and its connector tells the gateway. */
  async function happen(facts: readonly Fact[], told: string): Promise<void> {
    crm.add(facts);
    for (const seat of seats) seat.learn(facts);
    if (told) begin(told);
    update({ told });
    keepDone(place.url, facts);
    try {
      const answer = await fetch(`${place.url}/v1/facts`, {
        method: 'POST',
        headers: {
          authorization: `Development ${TENANT} - connector`,
          'content-type': 'application/json',
        },
        body: JSON.stringify({ facts: facts.map(toSent) }),
      });
      if (!answer.ok) throw new Error(`it answered ${answer.status}`);
    } catch (error) {
      update({ told: `The gateway did not take that: ${(error as Error).message}` });
    }
  }

  const world: Scene = {
    crm,
    get state() {
      return stateOf();
    },
    update: ({ look, shade }) => update({ ...(look && { look }), ...(shade && { shade }) }),
    happen,
  };
  const stage: Stage = {
    world,
    seats,
    travels,
    choose(account) {
      history.replaceState(null, '', toHash(account));
      update({ account, told: '' });
    },
    async passDay() {
      if (passing) return;
      passing = (async () => {
        await Promise.all(seats.map((seat) => seat.quiet()));
        place = (await (await fetch(PLACE, { method: 'POST' })).json()) as GatewayPlace;
      })();
      try {
        await passing;
      } finally {
        passing = undefined;
      }
      begin(`It is ${toMoment(now())}`);
      update({ told: `It is ${toMoment(now())}.` });
      for (const seat of seats) seat.retry();
    },
  };
  for (const [i, rep] of SEATS.entries()) {
    const first = nameOf(crm, rep).split(' ')[0] ?? '';
    seats.push(
      await openSeat({
        url: place.url,
        rep,
        facts,
        now,
        passing: () => passing,
        common: stateOf,
        happen,
        answered: (what) => begin(`${first}, ${what}`),
        event: () => travels.event(i),
        view: () => travels.view(i),
        plugged: (online) =>
          travels.note(`${first} is ${online ? 'online again' : 'offline'}`, now()),
        changed: draw,
      }),
    );
  }
  root.addEventListener('actionaccept', (event) => {
    event.preventDefault();
    const seat = (event.target as HTMLElement).closest<HTMLElement>('[data-seat]')?.dataset.seat;
    seats[Number(seat)]?.accept(event.detail.card);
  });
  addEventListener('hashchange', () => {
    const account = ACCOUNTS.find((id) => location.hash === toHash(id));
    if (account) update({ account, told: '' });
  });
  root.replaceChildren();
  update({});
  // Words like "in 3 minutes" and the time of day go on.
  setInterval(draw, 20_000);
}

/** The company's own, and what concerns an account that is in the gateway. */
const isOurs = ({ subjects }: Fact): boolean =>
  subjects.some((subject) => subject === COMPANY || ACCOUNTS.includes(subject));

const toHash = (account: string): string =>
  `#/accounts/${encodeURIComponent(account.slice('demo:account:'.length))}`;

/** As facts come over the wire. */
function toSent({ occurredAt, learnedAt: _, ...fact }: Fact): object {
  return { ...fact, occurredAt: new Date(occurredAt).toISOString() };
}

const DONE = 'opportune-gateway-demo';

/** What was done in this tab with this gateway, over a reload: the CRM of the demo has no memory but this. */
function readDone(gateway: string): readonly Fact[] {
  const kept = JSON.parse(sessionStorage.getItem(DONE) ?? '{}') as {
    readonly gateway?: string;
    readonly facts?: readonly Fact[];
  };
  return kept.gateway === gateway ? (kept.facts ?? []) : [];
}

function keepDone(gateway: string, facts: readonly Fact[]): void {
  const all = [...readDone(gateway), ...facts];
  sessionStorage.setItem(DONE, JSON.stringify({ gateway, facts: all }));
}
