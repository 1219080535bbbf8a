// The screens of the staff area. The sign-in is done without a browser, with
// the stand-in that asks who to be; the browser is given the cookie alone.

import { question, read, send } from './visitor.js';

/** The cookie of that name that an answer sets, as a browser would send it. */
const cookie = (answer, name) =>
  answer.headers
    .getSetCookie()
    .map((each) => each.split(';')[0])
    .find((each) => each.startsWith(`${name}=`));

/** Signs in as somebody: the cookie of the session. */
async function signIn(origin, person) {
  const off = await fetch(`${origin}/staff/sign-in/`, {
    method: 'POST',
    redirect: 'manual',
    headers: { origin },
    body: new URLSearchParams({ to: '/staff/' }),
  });
  const asked = await read(off.headers.get('location'));
  const request = asked.html.match(/name="request" value="([^"]*)"/)[1];
  const back = await fetch(new URL('/authorize', asked.address), {
    method: 'POST',
    redirect: 'manual',
    body: new URLSearchParams({ request, person }),
  });
  const landed = await fetch(back.headers.get('location'), {
    redirect: 'manual',
    headers: { cookie: cookie(off, 'staff-sign-in') },
  });
  const session = cookie(landed, 'staff-session');
  if (!session) throw new Error(`${person} cannot sign in: ${landed.status}`);
  return session.slice('staff-session='.length);
}

/** Every screen of the staff area, with what there is to see on it. */
export async function staff(origin) {
  const sent = await send(`${origin}/enquire/`, question());
  const enquiry = `/staff/enquiries/${new URL(sent.address).pathname.split('/').at(-2)}/`;
  const session = await signIn(origin, 'secretary');
  const screen = (path, { status = 200, press = false, name = path } = {}) => ({
    name,
    kind: 'form',
    status,
    open: async (tab) => {
      await tab.context().addCookies([{ name: 'staff-session', value: session, url: origin }]);
      const response = await tab.goto(origin + path);
      if (!press) return response;
      const [answer] = await Promise.all([tab.waitForNavigation(), tab.click('main form [type=submit]')]);
      return answer;
    },
  });
  return [
    screen('/staff/signed-in/', { name: '/staff/signed-in/ without a sign-in', status: 400 }),
    screen('/staff/'),
    screen('/staff/enquiries/'),
    screen(enquiry, { name: '/staff/enquiries/…' }),
    screen(enquiry, { name: '/staff/enquiries/… left empty', press: true, status: 422 }),
  ];
}
