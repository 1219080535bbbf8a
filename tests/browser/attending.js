// An event from the booking to the certificate, by keyboard alone: what a
// teacher does, and what the organiser does.

import { enter, fillByKeyboard, tabTo } from './keyboard.js';
import { signIn } from './staff.js';
import { booking, letter } from './visitor.js';

/** A teacher books for two, one of whom cannot come after all. */
export async function attend({ tab, origin, events }) {
  const name = `Delegate ${unique()}`;
  const person = booking(name);
  await tab.goto(origin + events.free);
  await go(tab, 'main a[href^="/book/"]');
  await fillByKeyboard(tab, { ...person, others: `Ada Absent ada.${person.email}` });
  await says(tab, 'Ada Absent');
  await go(tab, 'main button[value=book]');
  await tab.goto(await letter(origin, person.email, 'Please confirm it'));
  await go(tab, 'main button');
  await says(tab, 'Your places are booked');
  await tab.goto(await letter(origin, person.email, 'by the link above'));
  await go(tab, 'main a[href$="/2/"]');
  await fill(tab, { delegate_name: 'Grace Instead', delegate_email: `grace.${person.email}` }, 'form[action$="/delegate/"] button');
  await says(tab, 'Grace Instead');
  await go(tab, 'main a[href$="/2/"]');
  await go(tab, 'main form[action$="/cancel/"] button');
  await says(tab, 'Cancelled');
  await letter(origin, `ada.${person.email}`, 'to somebody else');
  await letter(origin, `grace.${person.email}`, 'was given up');
}

/** The organiser books for somebody who phones, and writes to those who have booked. */
export async function organise({ tab, origin, events }) {
  const name = `Caller ${unique()}`;
  const person = booking(name);
  await tab.context().addCookies([{ name: 'staff-session', value: await signIn(origin, 'organiser'), url: origin }]);
  await tab.goto(`${origin}/staff/events/`);
  const event = events.paid.replace('/events/', '/staff/events/');
  await go(tab, `main a[href="${event}"]`);
  await open(tab, 'Book for somebody');
  await fill(tab, { name: person.name, email: person.email, school_name: person.school_name }, 'form[action$="/book/"] button');
  await says(tab, name);
  await go(tab, 'main a[href$="/check-in/"]');
  await fill(tab, { q: name.split(' ')[1] }, 'form[role=search] button');
  await tab.goto(origin + event);
  await fill(tab, { q: name.split(' ')[1] }, 'form[role=search] button');
  await go(tab, `main button[aria-label*="${await reference(tab)}"]`);
  await go(tab, 'main button[value="give-up"]');
  await tab.goto(`${origin}${event}?q=${name.split(' ')[1]}`);
  await says(tab, 'Cancelled');
  await letter(origin, person.email, 'given up');
  // Somebody has booked what is free in another journey.
  await tab.goto(origin + events.free.replace('/events/', '/staff/events/'));
  await open(tab, 'Write to those');
  for (const choice of ['places', 'people']) {
    await tabTo(tab, `main [name="${choice}"]`);
    await tab.keyboard.press('Space');
  }
  await fill(tab, { subject: `Bring a pen, ${name}`, text: 'Please.' }, 'form[action$="/message/"] button');
  await says(tab, 'Check your message');
  await go(tab, 'main form[action$="/send/"] button');
  await says(tab, 'What they were told');
  await says(tab, `Bring a pen, ${name}`);
}

/** The page of an event says what is left, and without a script where to look. */
export const placesLeft = (words) => async ({ tab, origin, events }) => {
  await tab.goto(origin + events.free);
  await tab.locator('main #left', { hasText: words }).waitFor();
};

const unique = () => [...`${process.hrtime.bigint()}`].slice(-7).map((digit) => 'abcdefghij'[digit]).join('');

const reference = async (tab) => (await tab.locator('main').innerText()).match(/BKG-[0-9A-Z-]+/)[0];

/** Goes to what the selector names, and presses it. */
async function go(tab, selector) {
  await tabTo(tab, selector);
  await enter(tab);
}

/** Opens a part of the page that is closed. */
async function open(tab, words) {
  for (;;) {
    await tabTo(tab, 'summary');
    const text = await tab.evaluate(() => document.activeElement.innerText);
    if (text.includes(words)) break;
    await tab.keyboard.press('Tab');
  }
  await tab.keyboard.press('Enter');
}

/** Types into fields, then presses a button of that form. */
async function fill(tab, fields, button) {
  for (const [name, value] of Object.entries(fields)) {
    await tabTo(tab, `main [name="${name}"]`);
    await tab.keyboard.insertText(value);
  }
  await go(tab, `main ${button}`);
}

async function says(tab, words) {
  const text = await tab.locator('main').innerText();
  if (!text.includes(words)) throw new Error(`${tab.url()} does not say “${words}”: ${text.slice(0, 400)}`);
}
