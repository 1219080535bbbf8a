// Which screens there are: every page of the sitemap, every form in each of its
// states, and the pages for what goes wrong. Nothing here knows the content:
// pages come from the sitemap, events from the pages that lead to a booking.

import { account } from './account.js';
import { staff } from './staff.js';
import { organising } from './organising.js';
import { treasury } from './treasury.js';
import { application, book, booking, letter, question, read, send } from './visitor.js';

/** How many are asked into one event, so that somebody has to wait. */
const CROWD = 6;

/** A page that is opened by its address. */
const page = (name, address, kind = 'page', status = 200) => ({
  name,
  kind,
  status,
  address,
  open: (tab) => tab.goto(address),
});

/** What a form answers when it is sent as `prepare` leaves it. */
const answer = (name, address, status, prepare = async () => {}) => ({
  name,
  kind: 'form',
  status,
  open: async (tab) => {
    await tab.goto(address);
    await prepare(tab);
    const [response] = await Promise.all([tab.waitForNavigation(), tab.click('main form [type=submit]')]);
    return response;
  },
});

/** The pages of the sitemap, as paths. */
export async function sitemap(origin) {
  const { html } = await read(`${origin}/sitemap.xml`);
  const paths = [...html.matchAll(/<loc>([^<]*)<\/loc>/g)].map(([, address]) => new URL(address));
  const elsewhere = paths.find((address) => address.origin !== origin);
  if (elsewhere) throw new Error(`sitemap.xml names ${elsewhere}, which is another site's`);
  if (paths.length === 0) throw new Error('sitemap.xml names no page');
  return paths.map((address) => address.pathname);
}

/** Fills forms, and gives every screen there is to look at. */
export async function screens(origin) {
  const paths = await sitemap(origin);
  const found = paths.map((path) => page(path, origin + path));
  found.push(...(await membership(origin)));
  found.push(...(await enquiry(origin, paths)));
  found.push(...(await staff(origin)));
  found.push(...(await treasury(origin)));
  found.push(...(await organising(origin, paths)));
  // After the staff, who have made a school a member.
  found.push(...(await account(origin)));
  for (const path of paths.filter((each) => /^\/events\/[^/]+\/$/.test(each))) {
    const { html } = await read(origin + path);
    const href = html.match(/href="(\/book\/[^"/]+\/)"/)?.[1];
    if (href) found.push(...(await event(origin, href)).map(signedOut));
  }
  for (const state of ['confirmed', 'waiting', 'held', 'paid']) {
    if (!found.some((screen) => screen.state === state)) {
      throw new Error(`no event of the content leads to a booking that is ${state}, so its page cannot be looked at`);
    }
  }
  // On paper it is the whole prospectus; search engines have its parts.
  if (paths.includes('/prospectus/')) found.push(page('/prospectus/print/', `${origin}/prospectus/print/`));
  if (paths.includes('/search/')) found.push(...searches(origin));
  found.push(...problems(origin));
  return found;
}

async function membership(origin) {
  const eligible = (part, name = part) => page(`/apply/eligibility/${name}`, `${origin}/apply/eligibility/${part}`, 'form');
  const address = `${origin}/apply/`;
  const found = [
    eligible(''),
    eligible('?q=sample+primary', '?q= several'),
    eligible('?q=nowhere', '?q= none'),
    ...['900001', '900008', '900009', '900010'].map((urn) => eligible(`${urn}/`)),
    page('/apply/', address, 'form'),
    answer('/apply/ left empty', address, 422),
    page('/apply/ by a link that opens nothing', `${address}APP-000-000-000/x/`, 'problem', 404),
  ];
  const form = (base, part, name = part) => page(`/apply/…/${name}`, base + part, 'form');
  const draft = (await send(address, { category: 'full' })).address;
  const other = (await send(address, { category: 'associate' })).address;
  found.push(form(draft, ''), form(draft, 'more/'), form(other, '', ' of an associate'));
  for (const part of ['about/', 'reason/']) found.push(form(other, part));
  for (const [part] of application()) {
    found.push(form(draft, `${part}/`));
    if (['school', 'approval', 'commitments'].includes(part)) {
      found.push(answer(`/apply/…/${part}/ left empty`, `${draft}${part}/`, 422));
    }
  }
  for (const part of ['save/', 'hand-over/']) {
    found.push(form(draft, part), answer(`/apply/…/${part} left empty`, draft + part, 422));
  }
  found.push({
    ...answer('/apply/…/save/ sent', `${draft}save/`, 200, (tab) => fillIn(tab, { name: 'Sam', email: 'sam@sample.example' })),
  });
  const whole = (await send(address, { category: 'full' })).address;
  for (const [part, fields] of application('900001')) await send(`${whole}${part}/`, fields);
  const spare = (await send(address, { category: 'full' })).address;
  for (const [part, fields] of application('900004')) await send(`${spare}${part}/`, fields);
  found.push(form(spare, '', ' complete'), form(spare, 'check/'), form(spare, 'school-details/', 'school-details/ filled in'));
  const submitted = await send(`${whole}check/`, {});
  const confirm = await letter(origin, 'office@sample.example', 'press the button');
  const later = (await send(address, { category: 'full' })).address;
  for (const [part, fields] of application('900005')) await send(`${later}${part}/`, fields);
  found.push(page('/apply/submitted/… to be confirmed', (await send(`${later}check/`, {})).address, 'form'));
  found.push(page('/apply/…/confirm/', await letter(origin, 'office@sample.example', 'press the button'), 'form'));
  await send(confirm, {});
  const status = await letter(origin, 'office@sample.example', 'Thank you for confirming');
  found.push(
    page('/apply/submitted/…', submitted.address, 'form'),
    page('/apply/…/confirm/ confirmed', confirm, 'form'),
    page('/apply/…/status/', status, 'form'),
    page('/apply/…/status/withdraw/', `${status}withdraw/`, 'form'),
    answer('/apply/…/school/ a second time', `${draft}school/`, 409, (tab) => fillIn(tab, { urn: '900001' })),
  );
  return found;
}

/** A question about a service, and about one that cannot be ordered. */
async function enquiry(origin, paths) {
  const found = [];
  for (const path of paths.filter((each) => /^\/services\/[^/]+\/$/.test(each))) {
    const address = origin + path.replace('/services/', '/enquire/');
    const { html } = await read(address);
    const kind = /<form/.test(html) ? 'asked' : 'not on offer';
    if (found.some((screen) => screen.kindOfService === kind)) continue;
    found.push({ ...page(new URL(address).pathname, address, 'form'), kindOfService: kind });
    if (kind === 'asked') {
      found.push(answer(`${new URL(address).pathname} left empty`, address, 422));
      const sent = await send(address, question());
      found.push(page('/enquire/sent/…', sent.address, 'form'));
    }
  }
  return [...found, page('/enquire/', `${origin}/enquire/`, 'form')];
}

/** A screen as somebody sees it who is not signed in, whoever was before. */
const signedOut = (screen) => ({
  ...screen,
  open: async (tab) => {
    await tab.context().clearCookies({ name: 'account-session' });
    return screen.open(tab);
  },
});

async function event(origin, href) {
  const address = origin + href;
  const form = await read(address);
  const found = [page(href, address, 'form'), answer(`${href} left empty`, address, 422)];
  found.push(answer(`${href} to be checked`, address, 200, (tab) => fillIn(tab, booking('Delegate Checking'))));
  const left = Number(form.html.match(/(\d+) of \d+ left/)?.[1] ?? Infinity);
  const askers = left < CROWD ? left + 1 : 1;
  let last;
  for (let asker = 1; asker <= askers; asker += 1) {
    const fields = booking(`Delegate ${'abcdefgh'[asker]}`);
    const asked = await book(address, fields);
    if (asker === 1) found.push(...(await links(origin, href, fields, asked)));
    const paying = new URL(asked.address).pathname.startsWith('/pay/');
    const state = paying ? 'held' : asker > left ? 'waiting' : 'confirmed';
    if (state === last) continue;
    last = state;
    if (paying) found.push(...(await payment(origin, href, asked)));
    else found.push({ ...page(`${href} → ${state}`, asked.address, 'form'), state });
  }
  if (askers > left) found.push(page(`${href} when full`, address, 'form'));
  return found;
}

/** What a booking's links lead to: the address is confirmed, and the places are changed. */
async function links(origin, href, { email }, { asked }) {
  const form = (name, address) => page(`${href} → ${name}`, address, 'form');
  const found = [form('to confirm', asked.address), form('confirm, used', await letter(origin, email, 'Please confirm it'))];
  const fresh = booking('Delegate Later');
  await send(origin + href, { ...fresh, step: 'book' });
  found.push(form('confirm', await letter(origin, fresh.email, 'Please confirm it')));
  const reference = new URL(asked.address).pathname.split('/')[2];
  const letters = JSON.parse((await read(`${origin}/dev/letters.json`)).html).filter((each) => each.to === email);
  const link = letters.flatMap((each) => each.text.split(/\s/)).find((word) => word.includes(`/${reference}/`) && /[0-9a-f]{40}\/$/.test(word));
  if (link) found.push(form('its own page', link), form('one place of it', `${link}1/`));
  return found;
}

/** A place that is held until it is paid for, and one that has been. */
async function payment(origin, href, asked) {
  const held = origin + asked.html.match(/href="(\/bookings\/[^"]+)"/)[1];
  const second = await book(origin + href, booking('Delegate Paying'));
  const provider = await fetch(second.address, { method: 'POST', redirect: 'manual' });
  await fetch(provider.headers.get('location'), { method: 'POST' });
  const paid = origin + second.html.match(/href="(\/bookings\/[^"]+)"/)[1];
  return [
    page(`${href} → to pay`, asked.address, 'form'),
    { ...page(`${href} → held`, held, 'form'), state: 'held' },
    { ...page(`${href} → paid`, second.address, 'form'), state: 'paid' },
    { ...page(`${href} → paid, its booking`, paid, 'form'), state: 'confirmed' },
  ];
}

/** The search page with results, with many, and with none; a script shows them. */
const searches = (origin) =>
  ['safegaurding', 'schools', 'xylophone'].map((words) => {
    const address = `${origin}/search/?q=${words}`;
    const open = async (tab) => {
      const response = await tab.goto(address);
      await tab.waitForSelector('#count:not(:empty)');
      return response;
    };
    return { ...page(`/search/?q=${words}`, address), open, scripted: true };
  });

function problems(origin) {
  const none = (path) => page(`${path} (not found)`, origin + path, 'problem', 404);
  return [
    none('/no-such-page/'),
    none('/book/no-such-event/'),
    none('/bookings/no-such-booking/'),
    none('/pay/no-such-payment/'),
    {
      name: 'a form sent where there is none',
      kind: 'problem',
      status: 405,
      open: async (tab) => {
        await tab.goto(`${origin}/apply/`);
        await tab.$eval('main form', (form) => form.setAttribute('action', '/bookings/no-such-booking/'));
        const [response] = await Promise.all([tab.waitForNavigation(), tab.click('main form [type=submit]')]);
        return response;
      },
    },
  ];
}

/** Fills in the fields of a form that are known. */
export async function fillIn(tab, fields) {
  for (const [name, value] of Object.entries(fields)) {
    const field = tab.locator(`main form [name="${name}"]`);
    const type = await field.first().getAttribute('type');
    if (type === 'checkbox') await field.check();
    else if (type === 'radio') await tab.locator(`main form [name="${name}"][value="${value}"]`).check();
    else await field.fill(value);
  }
}
