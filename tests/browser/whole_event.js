// One event from beginning to end, by keyboard alone: begun as a copy of an
// earlier one, booked until it is full and beyond, opened at the door, and looked
// back on. The program has a content and a clock of its own: it is the day.

import { execFileSync } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { enter, fillByKeyboard, tabTo } from './keyboard.js';
import { startProgram } from './program.js';
import { signIn } from './staff.js';
import { root, target } from './tools.js';
import { booking, letter } from './visitor.js';

const TITLE = 'Reading for pleasure';
const SLUG = 'reading-for-pleasure';
/** Whose copy it is: free, with room for two. */
const FROM = 'network';

export async function wholeEvent({ tab, allow }) {
  const content = await mkdtemp(join(tmpdir(), 'browser-content-'));
  try {
    await cp(join(root, 'content'), content, { recursive: true });
    await begin(content);
    const program = await startProgram(['--content', content, '--now', '2028-03-08T09:00Z']);
    allow(program.origin);
    try {
      await held(tab, program.origin);
    } finally {
      // What the last page still asks for is given up, rather than cut off.
      await tab.goto('about:blank').catch(() => {});
      await program.stop();
    }
  } finally {
    await rm(content, { recursive: true, force: true });
  }
}

/** The organiser's copy, filled in by hand where it says so. */
async function begin(content) {
  execFileSync(join(target, 'debug/site-gen'), ['new', 'event', TITLE, '--from', FROM, '--content', content]);
  const file = join(content, `events/${SLUG}.md`);
  const text = await readFile(file, 'utf8');
  const filled = text.replace('starts: to be set', 'starts: 2028-03-08 16:00').replace('ends: to be set', 'ends: 2028-03-08 17:15').replace('draft: true\n', '');
  if (filled.includes('to be set')) throw new Error(`the copy asks for more than its times:\n${text}`);
  await writeFile(file, filled);
}

async function held(tab, origin) {
  const [ada, robin, kim] = ['Ada First', 'Robin Second', 'Kim Third'].map(booking);
  for (const [person, says] of [
    [ada, 'Your place is booked'],
    [robin, 'Your place is booked'],
    [kim, 'You are on the waiting list'],
  ]) {
    await book(tab, origin, person);
    await expect(tab, says);
  }

  await tab.context().addCookies([{ name: 'staff-session', value: await signIn(origin, 'organiser'), url: origin }]);
  await tab.goto(`${origin}/staff/events/${SLUG}/`);
  await expect(tab, 'Kim Third');
  await go(tab, 'main a[href$="/check-in/"]');
  await go(tab, 'main button[aria-label="Here: Ada First"]');
  await go(tab, 'main button[aria-label="Did not come: Robin Second"]');
  await expect(tab, '1 of 2');

  await tab.goto(await letter(origin, ada.email, '/certificates/'));
  await expect(tab, 'This certificate is genuine');
  const paper = await fetch(new URL(await tab.locator('main a.button').getAttribute('href'), origin));
  if (paper.headers.get('content-type') !== 'application/pdf') throw new Error(`the certificate is ${paper.status} ${paper.headers.get('content-type')}`);

  await tab.goto(await asked(origin, ada.email));
  await fillByKeyboard(tab, { score: '', recommend: '', words: 'Well worth the afternoon.' });
  await expect(tab, 'Thank you');
  await tab.goto(`${origin}/staff/events/${SLUG}/`);
  await expect(tab, 'Well worth the afternoon.');
  await tab.goto(`${origin}/staff/events/`);
  const row = await tab.locator('tr', { hasText: TITLE }).first().innerText();
  if (!/\b2 of 2\b/.test(row)) throw new Error(`the overview does not count the places: ${row}`);
  await tab.context().clearCookies();
}

async function book(tab, origin, person) {
  await tab.goto(`${origin}/events/${SLUG}/`);
  await go(tab, 'main a[href^="/book/"]');
  await fillByKeyboard(tab, person);
  await go(tab, 'main button[value=book]');
  await tab.goto(await letter(origin, person.email, 'Please confirm it'));
  await go(tab, 'main button');
}

async function go(tab, selector) {
  await tabTo(tab, selector);
  await enter(tab);
}

/** The link by which somebody says what it was like. */
async function asked(origin, email) {
  const letters = await (await fetch(`${origin}/dev/letters.json`)).json();
  const words = letters.filter((each) => each.to === email).flatMap((each) => each.text.split(/\s/));
  const link = words.find((word) => word.includes('/feedback/'));
  if (!link) throw new Error(`nobody asked ${email} what it was like`);
  return link;
}

async function expect(tab, words) {
  const text = await tab.locator('main').innerText();
  if (!text.includes(words)) throw new Error(`${tab.url()} does not say “${words}”: ${text.slice(0, 400)}`);
}
