// What there is to see after an event: feedback, what is proposed to be charged,
// and what it came to. For that its day must have come, and its conditions must
// charge for a place nobody used, so a second program runs with a clock and a
// content of its own.

import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startProgram } from './program.js';
import { desk, screensOf, signIn } from './staff.js';
import { send } from './visitor.js';
import { root } from './tools.js';

const CONDITIONS = 'cancellation: { late: £35.00, no_show: £35.00, source: The browser suite }\n';

/** Four who came; the last of them says nothing. And one who did not. */
const CAME = ['Ada', 'Grace', 'Zoe', 'Kim'];

/**
 * Starts the program on the day of the first free event, half an hour before it
 * starts, and gives its screens; `stop` ends it.
 */
export async function afterwards() {
  const content = await mkdtemp(join(tmpdir(), 'browser-content-'));
  await cp(join(root, 'content'), content, { recursive: true });
  const { file, slug, starts } = await freeEvent(content);
  const text = await readFile(file, 'utf8');
  await writeFile(file, text.replace(/^capacity:.*$/m, 'capacity: 12').replace(/^starts:/m, `${CONDITIONS}starts:`));
  const program = await startProgram(['--content', content, '--now', starts]);
  const stop = async () => {
    await program.stop();
    await rm(content, { recursive: true, force: true });
  };
  try {
    return { origin: program.origin, stop, screens: await screens(program.origin, `/staff/events/${slug}/`) };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** An event with one session and no price: its file, its name, and an instant half an hour before it starts. */
async function freeEvent(content) {
  for (const slug of ['network', 'teachmeet']) {
    const file = join(content, `events/${slug}.md`);
    const text = await readFile(file, 'utf8').catch(() => '');
    const [, day, hour, minute] = text.match(/^starts: (\S+) (\d\d):(\d\d)$/m) ?? [];
    if (!day || /^price:/m.test(text)) continue;
    const before = new Date(Date.parse(`${day}T${hour}:${minute}Z`) - 30 * 60_000);
    return { file, slug, starts: before.toISOString().replace(/\.\d+/, '') };
  }
  throw new Error('no event of the content is free, so what comes after it cannot be looked at');
}

async function screens(origin, event) {
  const session = await signIn(origin, 'organiser');
  const organiser = desk(origin, session);
  const screen = screensOf(origin, session);
  for (const name of [...CAME, 'Robin']) {
    const person = { name: `${name} Sample`, email: `${name.toLowerCase()}@sample.example`, school_name: 'Sample School' };
    await organiser.fill(event, `${event}book/`, person);
  }
  for (const name of CAME) await mark(organiser, event, name, 'attended');
  await mark(organiser, event, 'Robin', 'absent');
  const links = Object.fromEntries(await Promise.all(CAME.map(async (name) => [name, await asked(origin, name)])));
  await send(links.Ada, { score: '4', recommend: 'yes', words: 'Well led.' });
  await send(links.Grace, { score: '2', recommend: 'no', words: '', anonymous: 'yes' });
  await send(links.Zoe, { score: '5', recommend: 'yes', words: 'আরও চাই।' });
  const treasury = await signIn(origin, 'treasurer');
  const treasurer = screensOf(origin, treasury);
  const open = screensOf(origin, session);
  const path = (link) => link.slice(origin.length);
  return [
    open(path(links.Kim), { name: '/feedback/…/' }),
    open(path(links.Kim), { name: '/feedback/…/ left empty', form: path(links.Kim), status: 422 }),
    open(path(links.Ada), { name: '/feedback/…/ answered' }),
    screen('/staff/events/', { name: '/staff/events/ afterwards' }),
    screen(event, { name: '/staff/events/…/ with feedback' }),
    screen(`${event}copy/`, { name: '/staff/events/…/copy/' }),
    screen('/staff/satisfaction/'),
    treasurer('/staff/charges/'),
    treasurer('/staff/charges/', { name: '/staff/charges/ waived without a reason', form: 'waive/', status: 422 }),
  ];
}

/** Marks somebody at the door. */
async function mark(organiser, event, name, deed) {
  const html = await organiser.get(`${event}check-in/?q=${name}`);
  const field = (field) => html.match(new RegExp(`name="${field}" value="([^"]*)"`))[1];
  await organiser.send(`${event}check-in/`, { command: field('command'), id: field('id'), deed, q: '' });
}

/** The link by which somebody gives feedback. */
async function asked(origin, name) {
  const letters = await (await fetch(`${origin}/dev/letters.json`)).json();
  const to = letters.filter((each) => each.to === `${name.toLowerCase()}@sample.example`);
  const link = to.flatMap((each) => each.text.split(/\s/)).find((word) => word.includes('/feedback/'));
  if (!link) throw new Error(`nobody asked ${name} what it was like`);
  return link;
}
