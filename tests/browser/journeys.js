// What a school does, from the first page to the confirmation, in a browser
// without JavaScript; and with the keyboard alone.

import { attend, organise, placesLeft } from './attending.js';
import { newContext, watch } from './browser.js';
import { enter, fillByKeyboard, focused, tabTo } from './keyboard.js';
import { application, booking, letter, read } from './visitor.js';
import { financeContact, treasurersYear } from './money.js';
import { fillIn, sitemap } from './screens.js';
import { wholeEvent } from './whole_event.js';

/** What is true if nothing is found; each is one journey. */
export const JOURNEYS = {
  'journey-apply': ['a school applies and is given a reference, without JavaScript', apply],
  'journey-apply-keyboard': ['a school mends its mistakes and applies with the keyboard alone, without JavaScript', applyByKeyboard],
  'journey-book': ['a delegate books a free place, without JavaScript', book],
  'journey-pay': ['a delegate books a place, pays at the provider, and comes back confirmed, without JavaScript', pay],
  'journey-finance-contact': ['a finance contact asks for another purchase order, pays by card and has the receipt, without JavaScript', financeContact],
  'journey-treasurer': ['the treasurer runs a year’s fees, matches the bank, refunds, credits, and the ledger balances, without JavaScript', treasurersYear],
  'journey-member-staff': ['a teacher books for two, sends somebody else, gives a place up, and has a certificate, by keyboard without JavaScript', attend],
  'journey-member-staff-scripted': ['the same with JavaScript', attend],
  'journey-organiser': ['the organiser books for a caller, looks for people, gives a place up and writes to those who have booked, by keyboard without JavaScript', organise],
  'journey-organiser-scripted': ['the same with JavaScript', organise],
  'journey-whole-event': ['an event begun as a copy is booked beyond its places, opened at the door, certified and looked back on, by keyboard without JavaScript', wholeEvent],
  'journey-whole-event-scripted': ['the same with JavaScript', wholeEvent],
  'journey-places-left': ['the page of an event says how many places are left', placesLeft(/places? (is|are) left|places are taken|room for everybody/)],
  'journey-places-left-bare': ['without JavaScript it says where to look', placesLeft('is on the page to book')],
  'journey-search': ['what is looked for is found, misspelt too; its count is told, and its address can be shared', search],
  'journey-find-school': ['a school is found as its name is typed, misspelt too, and what it may apply for is told', findSchool],
  'journey-search-bare': ['without JavaScript the search page leads to the A to Z', searchWithout],
  'journey-pay-keyboard': ['a delegate books and pays with the keyboard alone, without JavaScript', payByKeyboard],
};

/** What people look for, however they spell it, and the page that they mean. */
const WANTED = {
  safegaurding: '/services/safeguarding-practice/',
  headteecher: '/services/new-headteacher-mentoring-and-support/',
  'Kevin Collins': '/board/kevan-collins/',
  'what does it cost': '/membership/fees/',
  'ofsted': '/services/support-for-ofsted-inspections/',
  teachmeet: '/events/teachmeet/',
};

/** The journeys that are about what a script adds. */
const SCRIPTED = ['journey-search', 'journey-find-school', 'journey-member-staff-scripted', 'journey-organiser-scripted', 'journey-whole-event-scripted', 'journey-places-left'];

/** Among how many of the first results the wanted page has to be. */
const NEAR_THE_TOP = 3;

/** Makes every journey, each with a tab of its own. */
export async function journeys(browser, program, report) {
  const context = await newContext(browser, { javaScriptEnabled: false, viewport: { width: 390, height: 844 } });
  const scripted = await newContext(browser, { viewport: { width: 390, height: 844 } });
  const events = await findEvents(program.origin);
  for (const [id, [, journey]] of Object.entries(JOURNEYS)) {
    const tab = await (SCRIPTED.includes(id) ? scripted : context).newPage();
    tab.setDefaultTimeout(10_000);
    const allowed = [program.origin, ...(program.provider ? [program.provider] : [])];
    watch(tab, allowed, (rule, what) => report.found(rule, id, what));
    await report.holds(id, id, () => journey({ tab, events, origin: program.origin, allow: (other) => allowed.push(other) }));
    await tab.close();
  }
  await context.close();
  await scripted.close();
}

/** The path of an event with room that is free, and of one that is not. */
async function findEvents(origin) {
  const events = {};
  for (const path of await sitemap(origin)) {
    if (!/^\/events\/[^/]+\/$/.test(path)) continue;
    const { html } = await read(origin + path);
    const href = html.match(/href="(\/book\/[^"/]+\/)"/)?.[1];
    if (!href) continue;
    const form = (await read(origin + href)).html;
    const full = /None left/.test(form);
    if (!full) events[/£\d/.test(form) ? 'paid' : 'free'] ??= path;
  }
  return events;
}

/** Chooses a link or a button by what it says, and waits for the page that comes. */
async function press(tab, role, name) {
  await Promise.all([tab.waitForNavigation(), tab.locator('main').getByRole(role, { name }).first().click()]);
}

async function apply({ tab, origin }) {
  await tab.goto(`${origin}/`);
  await press(tab, 'link', /apply|join/i);
  if (!new URL(tab.url()).pathname.startsWith('/apply/')) await press(tab, 'link', /apply/i);
  await fillIn(tab, { category: 'full' });
  await press(tab, 'button', /start/i);
  const base = tab.url();
  for (const [part, fields] of application('900007')) {
    await tab.goto(`${base}${part}/`);
    await fillIn(tab, fields);
    await press(tab, 'button', /continue/i);
  }
  await tab.goto(base);
  await press(tab, 'link', /check your answers/i);
  await press(tab, 'button', /send/i);
  await expectReference(tab, /^\/apply\/submitted\//);
  await tab.goto(await letter(origin, 'office@sample.example', 'press the button'));
  await press(tab, 'button', /confirm/i);
  await expectReference(tab, /^\/apply\/submitted\//);
}

async function book({ tab, origin, events }) {
  await bookAt(tab, origin + events.free, 'Delegate Free');
  await expectBooked(tab);
}

async function pay({ tab, origin, events }) {
  await bookAt(tab, origin + events.paid, 'Delegate Card');
  await press(tab, 'button', /pay/i);
  if (new URL(tab.url()).origin === origin) throw new Error(`the button to pay leads to ${tab.url()}, not to the provider`);
  await Promise.all([tab.waitForURL(`${origin}/**`), tab.getByRole('button', { name: /^pay/i }).click()]);
  await expectBooked(tab);
}

async function bookAt(tab, event, name) {
  await tab.goto(event);
  await press(tab, 'link', /book/i);
  await fillIn(tab, booking(name));
  await press(tab, 'button', /check|waiting/i);
  await press(tab, 'button', /^book$/i);
  await tab.goto(await letter(new URL(tab.url()).origin, booking(name).email, 'Please confirm it'));
  await press(tab, 'button', /confirm/i);
}

async function expectBooked(tab) {
  await expectReference(tab, /^\/bookings\//);
  const text = await tab.locator('main').innerText();
  if (!/booked|confirmed/i.test(text)) throw new Error(`the booking at ${tab.url()} is not confirmed: ${text.slice(0, 200)}`);
}

async function expectReference(tab, path) {
  const { pathname } = new URL(tab.url());
  if (!path.test(pathname)) {
    const text = await tab.locator('main').innerText();
    throw new Error(`the form leads to ${pathname}; ${path} is wanted. The page says: ${text.slice(0, 300)}`);
  }
  const reference = pathname.split('/').filter(Boolean).pop();
  if (!(await tab.locator('main').innerText()).includes(reference)) throw new Error(`${pathname} does not show its reference`);
}

async function search({ tab, origin }) {
  await tab.goto(`${origin}/search/`);
  const field = tab.getByRole('searchbox', { name: 'What are you looking for?' });
  for (const [words, wanted] of Object.entries(WANTED)) {
    await field.fill(words);
    await tab.waitForFunction((text) => document.getElementById('count').textContent.includes(`“${text}”`), words);
    const found = await results(tab);
    const first = found.slice(0, NEAR_THE_TOP);
    if (!first.includes(wanted)) throw new Error(`“${words}” finds ${first.join(', ') || 'nothing'} first, and not ${wanted}`);
    const count = await tab.getByRole('status').innerText();
    if (!count.startsWith(`${found.length > 9 ? '' : found.length} `.trimStart())) throw new Error(`“${words}” has ${found.length} results, and is told as: ${count}`);
    if (new URL(tab.url()).searchParams.get('q') !== words) throw new Error(`the address ${tab.url()} does not hold “${words}”`);
  }
  const shared = tab.url();
  const before = await results(tab);
  await tab.goto('about:blank');
  await tab.goto(shared);
  await tab.waitForSelector('#count:not(:empty)');
  if (String(await results(tab)) !== String(before)) throw new Error(`${shared} shows other results when it is opened anew`);
  if ((await tab.locator('#results mark').count()) === 0) throw new Error('no word that was found is marked');

  await field.fill('schools');
  await field.press('Enter');
  await tab.getByRole('button', { name: /^Show the other \d+ results$/ }).press('Enter');
  const place = await tab.evaluate(() => [...document.querySelectorAll('#results a')].indexOf(document.activeElement));
  if (place !== 10) throw new Error(`after the others are shown the focus is on result ${place + 1}, not on the first of them`);
  await tab.goBack();
  await tab.waitForFunction((text) => document.getElementById('count').textContent.includes(text), '“teachmeet”');

  await field.fill('xylophone');
  await tab.waitForFunction(() => document.getElementById('count').textContent.startsWith('Nothing was found for “xylophone”'));
  if ((await results(tab)).length > 0) throw new Error('results stay although nothing was found');
}

const results = (tab) => tab.locator('#results h2 a').evaluateAll((links) => links.map((link) => link.getAttribute('href')));

async function findSchool({ tab, origin }) {
  await tab.goto(`${origin}/apply/eligibility/`);
  const field = tab.locator('#find-school [name=q]');
  await field.pressSequentially('smaple primray');
  await tab.waitForSelector('#found li');
  const count = await tab.locator('#count').innerText();
  const found = await tab.locator('#found li').count();
  if (!count.startsWith(`${found} school`)) throw new Error(`${found} schools are shown, and it says: ${count}`);
  await field.fill('no such school');
  await tab.waitForFunction(() => document.getElementById('count').textContent === 'No school is like that');
  if (await tab.locator('#found').isVisible()) throw new Error('the list of what was found stays although nothing is');
  await field.fill('900001');
  await tab.waitForFunction(() => document.querySelectorAll('#found li').length === 1);
  await press(tab, 'link', 'Sample Primary School');
  const { pathname } = new URL(tab.url());
  if (pathname !== '/apply/eligibility/900001/') throw new Error(`the school that was found leads to ${pathname}`);
}

async function searchWithout({ tab, origin }) {
  await tab.goto(`${origin}/search/`);
  await tab.getByRole('searchbox').fill('fees');
  await press(tab, 'button', 'Search');
  if (new URL(tab.url()).search !== '?q=fees') throw new Error(`the form leads to ${tab.url()}`);
  await press(tab, 'link', 'A to Z');
  const heading = await tab.locator('h1').innerText();
  if (!/A to Z/.test(heading)) throw new Error(`the A to Z is not there: ${heading}`);
}

async function applyByKeyboard({ tab, origin }) {
  await tab.goto(`${origin}/apply/`);
  await tabTo(tab, 'button[type=submit]');
  await enter(tab);
  // A browser moves the focus once it has drawn the page.
  await tab.locator('[autofocus]:focus').waitFor().catch(() => {});
  const summary = await focused(tab);
  if (!summary.id.includes('error')) throw new Error(`after mistakes the focus is on <${summary.kind}>, not on the summary of errors`);
  await tab.keyboard.press('Tab');
  const first = await focused(tab);
  await tab.keyboard.press('Enter');
  const field = await focused(tab);
  if (`#${field.id}` !== new URL(first.href).hash) throw new Error(`the first error leads to ${first.href}, but the focus is on ${field.id || field.kind}`);
  await fillByKeyboard(tab, { category: 'full' });
  const base = tab.url();
  for (const [part, fields] of application('900006')) {
    await tab.goto(`${base}${part}/`);
    await fillByKeyboard(tab, fields);
  }
  await tab.goto(`${base}check/`);
  await tabTo(tab, 'main button[type=submit]');
  await enter(tab);
  await expectReference(tab, /^\/apply\/submitted\//);
}

async function payByKeyboard({ tab, origin, events }) {
  await tab.goto(origin + events.paid);
  await tabTo(tab, 'main a[href^="/book/"]');
  await enter(tab);
  await fillByKeyboard(tab, booking('Delegate Keys'));
  await tabTo(tab, 'main button[value=book]');
  await enter(tab);
  await tab.goto(await letter(origin, booking('Delegate Keys').email, 'Please confirm it'));
  await tabTo(tab, 'main button');
  await enter(tab);
  await tabTo(tab, 'main button');
  await enter(tab);
  await tabTo(tab, 'button');
  await Promise.all([tab.waitForURL(`${origin}/**`), tab.keyboard.press('Enter')]);
  await expectBooked(tab);
}
