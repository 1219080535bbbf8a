// The screens of a member's own page. The sign-in is done without a browser,
// by the link in the letter; the browser is given the cookie alone.

import { letter, send } from './visitor.js';

/** Whoever leads for the school that the secretary has entered and the Board has approved. */
const LEAD = 'office@sample.example';

/** Asks for a link to sign in with, and gives its address. */
async function mailed(origin) {
  const asked = await fetch(`${origin}/account/sign-in/`, {
    method: 'POST',
    headers: { origin },
    body: new URLSearchParams({ email: LEAD }),
  });
  if (!asked.ok) throw new Error(`no link to sign in: ${asked.status}`);
  return letter(origin, LEAD, 'you are signed in');
}

/** Every screen of a member's page, with what there is to see on it. */
export async function account(origin) {
  const invoice = await letter(origin, 'finance@sample.example', 'how it was worked out');
  const unused = await mailed(origin);
  const used = await mailed(origin);
  const pressed = await fetch(used, { method: 'POST', redirect: 'manual', headers: { origin } });
  const session = pressed.headers
    .getSetCookie()
    .map((each) => each.split(';')[0])
    .find((each) => each.startsWith('account-session='))
    ?.slice('account-session='.length);
  if (!session) throw new Error(`${LEAD} cannot sign in: ${pressed.status}`);
  const home = await fetch(`${origin}/account/`, { headers: { cookie: `account-session=${session}` } });
  const base = new URL(home.url).pathname;
  const html = await home.text();
  const contacts = [...html.matchAll(/href="([^"]*\/contacts\/[0-9a-f]{32}\/)"/g)].map(([, href]) => href);
  await send(`${origin}/account/let-in/`, {
    school: 'Sample Primary School',
    name: 'নিয়া O’Connor',
    job: 'Headteacher',
    email: 'nia@sample.example',
    telephone: '020 7946 0000',
    why: 'Our business manager has left.',
  });
  const screen = (path, { status = 200, press = false, name = path, alone = false } = {}) => ({
    name,
    kind: 'form',
    status,
    ...(alone ? {} : { cookie: `account-session=${session}` }),
    open: async (tab) => {
      const context = tab.context();
      await context.clearCookies({ name: 'account-session' });
      if (!alone) await context.addCookies([{ name: 'account-session', value: session, url: origin }]);
      const response = await tab.goto(path.startsWith('http') ? path : origin + path);
      if (!press) return response;
      const [answer] = await Promise.all([tab.waitForNavigation(), tab.locator('main form[method=post] [type=submit]').click()]);
      return answer;
    },
  });
  const own = (part, more = {}) => screen(base + part, { name: `/account/…/${part}`, ...more });
  return [
    screen('/account/sign-in/', { alone: true }),
    screen('/account/sign-in/', { name: '/account/sign-in/ left empty', alone: true, press: true, status: 422 }),
    screen('/account/sign-in/sent/', { alone: true }),
    screen(unused, { name: '/account/sign-in/…', alone: true }),
    screen(used, { name: '/account/sign-in/… used', alone: true, status: 410 }),
    screen('/account/let-in/', { alone: true }),
    screen('/account/let-in/', { name: '/account/let-in/ left empty', alone: true, press: true, status: 422 }),
    screen('/account/let-in/sent/', { alone: true }),
    own(''),
    own('contacts/add/'),
    own('contacts/add/', { name: '/account/…/contacts/add/ left empty', press: true, status: 422 }),
    screen(contacts[0], { name: '/account/…/contacts/…' }),
    screen(`${contacts[0]}remove/`, { name: '/account/…/contacts/…/remove/ of the last lead' }),
    screen(`${contacts[1]}remove/`, { name: '/account/…/contacts/…/remove/' }),
    screen(invoice, { name: '/invoices/…', alone: true }),
    own('pupils/'),
    own('notice/'),
    own('notice/given/', { name: '/account/…/notice/given/ without a notice' }),
  ];
}
