import { expect } from '@open-wc/testing';
import { createDaySolver } from '../src/day/day-solver.js';
import { emulate } from '../test/browser/emulate.js';
import {
  buttonOf,
  card,
  day,
  HOUR,
  MONDAY,
  planned,
  press,
  seen,
  show,
  shows,
  solver,
  THREE,
  textOf,
  until,
} from './day-fixture.js';

describe('the page of the day', () => {
  it('says what to do when, for whom, how long and why, and that no plan is better', async () => {
    const { root, opened } = await show(day(THREE));
    await shows(root, ['09:00 Call A Firm A', '10:00 Call B Firm B']);
    await seen(root, /This is the best plan within your limits/);
    expect(textOf(root)).to.match(/Monday 30 November: 2 actions, done by 11:00/);
    expect(textOf(root)).to.include('A may buy');
    expect(textOf(root)).to.include('Worth €100');
    expect(root.querySelector('.what')?.ariaLabel).to.equal('Call A, Firm A, 09:00, 60 min');
    await press(root, 'Open the record');
    expect(opened).to.deep.equal(['t:account:A']);
  });

  it('has the record after the title, also where both are written from right to left', async () => {
    const { root } = await show(day([card('ليلى منصور', 10, { name: 'شركة الواحة' })]));
    const who = await until(() => root.querySelector('.plan .who'));
    const title = document.createRange();
    title.setStartBefore(who.parentNode?.firstChild as Node);
    title.setEndBefore(who);
    expect(who.getBoundingClientRect().left).to.be.at.least(
      title.getBoundingClientRect().right - 8,
    );
  });

  it('says before it is done what leaving out and adding would cost', async () => {
    const { root, kept } = await show(day(THREE));
    // C, of 50, would take the place of A, of 100.
    await buttonOf(root, 'Leave out, costs €50');
    await press(root, 'Call C Firm C');
    // And here that of B, of 80.
    await press(root, 'Add, costs €30');
    await shows(root, ['09:00 Call A Firm A', '10:00 Call C Firm C']);
    await seen(root, /Pinned: Call C, Firm C Costs €30\./);
    expect(kept.at(-1)?.hands).to.deep.equal([
      { kind: 'pin', candidate: THREE[2]?.id, day: MONDAY / (24 * HOUR) },
    ]);
    await press(root, 'Undo');
    await shows(root, ['09:00 Call A Firm A', '10:00 Call B Firm B']);
  });

  it('tells what was changed by hand and its cost, and takes each back', async () => {
    const { root } = await show(day(THREE));
    await press(root, 'Leave out, costs €50');
    await shows(root, ['09:00 Call B Firm B', '10:00 Call C Firm C']);
    await seen(root, /Changed by you\s?Left out: Call A, Firm A Costs €50\./);
    await press(root, 'Take back');
    await shows(root, ['09:00 Call A Firm A', '10:00 Call B Firm B']);
  });

  it('leaves the focus on the action whose button went, and not nowhere', async () => {
    const { root } = await show(day(THREE));
    const pin = await buttonOf(root, 'Pin to 09:00, costs nothing');
    pin.focus();
    pin.click();
    await buttonOf(root, 'Unpin');
    await until(() => root.activeElement?.ariaLabel?.startsWith('Call A'));
  });

  it('moves an action by the keyboard, and keeps the order', async () => {
    const { root, kept } = await show(day(THREE));
    await seen(root, /This is the best plan/);
    root
      .querySelector('.what')
      ?.dispatchEvent(
        new KeyboardEvent('keydown', { key: 'ArrowDown', altKey: true, bubbles: true }),
      );
    await shows(root, ['09:00 Call B Firm B', '10:00 Call A Firm A']);
    await seen(root, /Your order of Monday 30 November Costs nothing/);
    expect(kept.at(-1)?.hands[0]?.kind).to.equal('order');
  });

  it('plans anew at once when something happens, before the solver has answered', async () => {
    let answers = true;
    const { root, happen } = await show(day(THREE), {
      solver: {
        ...solver,
        solve: (problem) => (answers ? solver.solve(problem) : new Promise(() => undefined)),
      },
    });
    await seen(root, /This is the best plan/);
    answers = false;
    happen(day([card('A', 10), card('C', 5)]));
    await shows(root, ['09:00 Call A Firm A', '10:00 Call C Firm C']);
    await seen(root, /09:00: Call B, Firm B no longer open\. Call C, Firm C came in\./);
  });

  it('names in words what does not go together, and gives up as little of it as can be', async () => {
    const must = [
      card('law', 1, { owed: 'mandatory' }),
      card('wish', 1, { owed: 'requested' }),
      card('more', 1, { owed: 'mandatory' }),
    ];
    const { root } = await show(day(must));
    await seen(root, /Not everything goes together/);
    const text = textOf(root);
    expect(text).to.include('Mandatory: Call law, Firm law, 1 h.');
    expect(text).to.include('The buyer asked for it: Call wish, Firm wish, 1 h.');
    expect(text).to.match(/Hours: 2 h free for them/);
    expect(text).to.include('So the plan leaves out: Call wish, Firm wish.');
  });

  it('tells the price of what holds the day back, and of a floor, for limits that the rep sets', async () => {
    const { root, kept } = await show(day(THREE));
    await seen(root, /Another free hour would add up to €50/);
    const field = (name: string): HTMLInputElement =>
      root.querySelector(`[name="${name}"]`) as HTMLInputElement;
    field('items').value = '1';
    field('floor/revenue').value = '95';
    await press(root, 'Plan with these');
    await shows(root, ['09:00 Call A Firm A']);
    await seen(root, /1 of 1 actions a day\s?Full\. One action more would add up to €80/);
    await seen(root, /Revenue\s?At least €95 is asked for, €100 is expected\. It costs nothing/);
    expect(kept.at(-1)?.floors).to.deep.equal({ revenue: 9500 });
    field('floor/revenue').value = '150';
    await press(root, 'Plan with these');
    await seen(root, /The floor of Revenue asks for €150; .* at most €100 can be expected/);
  });

  it('keeps off what the calendar holds, and what the rep says', async () => {
    const { root } = await show(
      day(THREE, {
        busy: [{ from: MONDAY + 9 * HOUR, until: MONDAY + 10 * HOUR, title: 'Review' }],
      }),
    );
    await shows(root, ['09:00 Review, to 10:00', '10:00 Call A Firm A']);
    (root.querySelector('[name=busyFrom]') as HTMLInputElement).value = '10:00';
    (root.querySelector('[name=busyUntil]') as HTMLInputElement).value = '10:30';
    await press(root, 'Plan with these');
    await seen(root, /nothing is planned/);
  });

  it('reads the calendar that a rep gives as a file, keeps it here, and forgets it when told so', async () => {
    const { root, kept } = await show(day(THREE));
    await shows(root, ['09:00 Call A Firm A', '10:00 Call B Firm B']);
    const give = (text: string): void => {
      const field = root.querySelector('[name=calendar]') as HTMLInputElement;
      const files = new DataTransfer();
      files.items.add(new File([text], 'mine.ics'));
      field.files = files.files;
      field.dispatchEvent(new Event('change'));
    };
    give('<html>Sign in</html>');
    await until(() =>
      /That is no calendar/.test(root.querySelector('.spoken[role=status]')?.textContent ?? ''),
    );
    give(`BEGIN:VCALENDAR
BEGIN:VEVENT
DTSTART:20261102T093000Z
DURATION:PT30M
RRULE:FREQ=WEEKLY
SUMMARY:Stand-up
END:VEVENT
BEGIN:VEVENT
DTSTART:20261130T103000Z
DURATION:PT15M
CLASS:PRIVATE
SUMMARY:Doctor
END:VEVENT
BEGIN:VEVENT
DTSTART:20261130T104500Z
DURATION:PT15M
RRULE:FREQ=HOURLY
END:VEVENT
END:VCALENDAR`);
    await seen(root, /1 entry of your calendar could not be read to the end/);
    await seen(root, /nothing is planned/);
    expect(planned(root)).to.deep.equal([
      '09:30 Stand-up, to 10:00',
      '10:30 Busy, to 10:45',
      '10:45 Busy, to 11:00',
    ]);
    expect(textOf(root)).not.to.include('Doctor');
    expect(kept.at(-1)?.calendar?.busy.length).to.be.greaterThan(8);
    await press(root, 'Plan with these');
    await seen(root, /nothing is planned/);
    await press(root, 'Forget this calendar');
    await shows(root, ['09:00 Call A Firm A', '10:00 Call B Firm B']);
  });

  it('says where the calendar that the gateway knows could not be read', async () => {
    const { root } = await show(day(THREE, { unread: 'all' }));
    await seen(root, /Your calendar could not be read: the plan does not know when you meet/);
  });

  it('plans the days to Sunday, the better ones first', async () => {
    const { root } = await show(day(THREE));
    await press(root, 'This week');
    await shows(root, ['09:00 Call A Firm A', '10:00 Call B Firm B', '09:00 Call C Firm C']);
    await seen(root, /3 actions to Friday 4 December/);
  });

  it('makes a calendar file of the plan', async () => {
    const { root } = await show(day([card('A', 10, { why: 'x;\nEND:VCALENDAR' })]));
    await seen(root, /This is the best plan/);
    const files: Promise<string>[] = [];
    const { createObjectURL } = URL;
    URL.createObjectURL = (blob) => {
      files.push((blob as Blob).text());
      return createObjectURL.call(URL, blob);
    };
    await press(root, 'Add to calendar');
    URL.createObjectURL = createObjectURL;
    const text = (await files[0]) ?? '';
    expect(text.match(/^END:VCALENDAR/gm)?.length).to.equal(1);
    expect(text).to.match(
      /DTSTART:20261130T090000Z\r\nDTEND:20261130T100000Z\r\nSUMMARY:Call A\\, Firm A/,
    );
  });

  it('plans without the solver where that does not load, and says how far from the best it may be', async () => {
    const none = createDaySolver(() => Promise.reject(new Error('blocked')));
    const two = [card('A', 10, { minutes: 70 }), card('B', 9, { minutes: 70 })];
    const { root } = await show(day(two), { solver: none });
    await seen(root, /The solver does not load here: another plan may be worth up to [\d.]+% more/);
    await shows(root, ['09:00 Call A Firm A']);
  });

  it('keeps the plan and says so when there is no connection, and why it could not begin', async () => {
    const { root, happen } = await show(day(THREE));
    await seen(root, /This is the best plan/);
    await emulate({ offline: true });
    happen(new TypeError('Failed to fetch'));
    await until(() => /No connection/.test(root.querySelector('[role=alert]')?.textContent ?? ''));
    expect(planned(root).length).to.equal(2);
    await emulate({});
    happen(day(THREE));
    await until(() => root.querySelector('[role=alert]') === null);

    let fails = true;
    const other = await show(day(THREE), {
      open: async () => {
        if (fails) throw new Error('no playbook is in force');
        return { told: day(THREE) };
      },
    });
    await until(() =>
      other.root.querySelector('[role=alert]')?.textContent?.includes('no playbook'),
    );
    fails = false;
    await press(other.root, 'Try again');
    await shows(other.root, ['09:00 Call A Firm A', '10:00 Call B Firm B']);
  });

  it('says how far it has come while it is found out what could be done', async () => {
    const { root } = await show(day(THREE), {
      open: (progress) => {
        progress?.({ looked: 0, of: 0 });
        progress?.({ looked: 1200, of: 5000 });
        return new Promise(() => undefined);
      },
    });
    await seen(root, /Looking at what could be done: 1,200 of 5,000 accounts…/);
    expect(root.querySelector('main [role=status]')).to.not.equal(null);
  });

  it('leads to a record by its address where one is told', async () => {
    const link = 'https://crm.example/1';
    const { root } = await show(day([card('A', 1, { link })]));
    const open = await until(() => root.querySelector<HTMLAnchorElement>('a.button'));
    expect([open.href, open.target, open.rel, open.textContent]).to.deep.equal([
      link,
      '_blank',
      'noopener',
      'Open the record',
    ]);
  });

  it('has a word for a rep on whose accounts nothing is open', async () => {
    const { root } = await show(day([]));
    await seen(root, /Nothing is open on your accounts.*12 accounts/);
  });

  it('shows text of strangers as text', async () => {
    const { root } = await show(
      day([card('A', 1, { title: '<img src=x onerror=alert(1)>', name: '<b>' })]),
    );
    await shows(root, ['09:00 <img src=x onerror=alert(1)> <b>']);
    expect(root.querySelector('img, .plan b')).to.equal(null);
  });

  for (const [where, environment] of [
    ['in the light', {}],
    ['in the dark', { colors: 'dark' }],
    ['on a telephone', { width: 390, height: 800 }],
  ] as const)
    it(`has no fault that axe knows, and nothing that sticks out, ${where}`, async () => {
      await emulate(environment);
      document.documentElement.style.colorScheme = 'light dark';
      for (const direction of ['ltr', 'rtl']) {
        document.documentElement.dir = direction;
        const { root } = await show(day(THREE));
        await buttonOf(root, 'Leave out, costs €50');
        (root.querySelector('.limits') as HTMLDetailsElement).open = true;
        await expect(root.host).to.be.accessible();
        expect(document.documentElement.scrollWidth).to.be.at.most(innerWidth);
      }
      document.documentElement.dir = '';
      await emulate({});
    });
});
