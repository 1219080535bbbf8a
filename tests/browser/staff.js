// The screens of the staff area. The sign-in is done without a browser, with
// the stand-in that asks who to be; the browser is given the cookie alone.

import { application, question, read, send, shown } from './visitor.js';

/** The cookie of that name that an answer sets, as a browser would send it. */
const cookie = (answer, name) =>
  answer.headers
    .getSetCookie()
    .map((each) => each.split(';')[0])
    .find((each) => each.startsWith(`${name}=`));

/** Signs in as somebody: the cookie of the session. */
export async function signIn(origin, person) {
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

/** Somebody of the staff who sends forms: what a form holds already is sent with what is typed. */
export const desk = (origin, session) => {
  const cookie = `staff-session=${session}`;
  const get = async (path) => (await fetch(origin + path, { headers: { cookie } })).text();
  const send = async (action, fields) => {
    const body = new URLSearchParams(fields);
    const answer = await fetch(origin + action, { method: 'POST', headers: { cookie, origin }, body });
    const html = await answer.text();
    if (!answer.ok) throw new Error(`${action} answered ${answer.status} to a form that is complete: ${html}`);
    return { path: new URL(answer.url).pathname, html };
  };
  const fill = async (path, action, fields) => send(action, { ...shown(await get(path), action), ...fields });
  return { get, send, fill };
};

const APPROVED = { outcome: 'approved', decided_on: '1 April 2017', minute: '12.3', decider: 'The Board' };

/** An application on paper of the school with this URN; the path of its page. */
async function onPaper({ fill }, urn) {
  const form = `/staff/applications/enter/?category=full&urn=${urn}`;
  const typed = Object.assign({}, ...application(urn).map(([, fields]) => fields));
  const fields = { ...typed, received_on: '28 March 2017' };
  return (await fill(form, '/staff/applications/enter/', fields)).path;
}

const LIST = [
  'category,name,joined on,contact name,contact email,urn,address,balance,balance on',
  'associate,Friends of Reading,10 January 2017,Lee,lee@friends.example,,,12.50,31 March 2017',
].join('\n');

/** Somebody whose school's known contacts have all left. */
const LOCKED_OUT = {
  school: 'Sample Nursery School',
  name: 'Robin Sample',
  job: 'Bursar',
  email: 'robin@sample.example',
  telephone: '020 7946 0000',
  why: 'Our office has changed.',
};

/** What somebody of the staff sees at a path, and what a form there answers. */
export const screensOf =
  (origin, session) =>
  (path, { status = 200, form = '', fill = {}, name = path } = {}) => ({
    name,
    kind: 'form',
    status,
    cookie: `staff-session=${session}`,
    open: async (tab) => {
      await tab.context().addCookies([{ name: 'staff-session', value: session, url: origin }]);
      const response = await tab.goto(origin + path);
      if (!form) return response;
      const own = tab.locator(`main form[action$="${form}"]`);
      // A form may be in a part that is closed.
      await own.evaluate((form) => form.closest('details')?.setAttribute('open', ''));
      for (const [field, value] of Object.entries(fill)) {
        const one = own.locator(`[name="${field}"]`);
        if ((await one.first().getAttribute('type')) === 'radio') await own.locator(`[name="${field}"][value="${value}"]`).check();
        else await one.fill(value);
      }
      const [answer] = await Promise.all([tab.waitForNavigation(), own.locator('[type=submit]').click()]);
      return answer;
    },
  });

/** Every screen of the staff area, with what there is to see on it. */
export async function staff(origin) {
  const sent = await send(`${origin}/enquire/`, question());
  const enquiry = `/staff/enquiries/${new URL(sent.address).pathname.split('/').at(-2)}/`;
  const session = await signIn(origin, 'secretary');
  const secretary = desk(origin, session);
  const review = await onPaper(secretary, '900003');
  await secretary.fill(review, `${review}pick-up/`, {});
  const decided = await onPaper(secretary, '900002');
  await secretary.fill(decided, `${decided}pick-up/`, {});
  const approved = await secretary.fill(decided, `${decided}decide/`, APPROVED);
  const member = approved.html.match(/href="(\/staff\/members\/MEM-[^"]+)"/)[1];
  await secretary.fill(member, `${member}log/`, { logged_on: '2 April 2017', channel: 'visit', note: 'The new wing.' });
  await secretary.fill(member, `${member}link/`, { link_name: 'Lee Link', link_email: 'lee@staff.example' });
  await send(`${origin}/account/let-in/`, LOCKED_OUT);
  const letIn = (await secretary.get('/staff/let-in/')).match(/href="(\/staff\/let-in\/[^"]+)"/)[1];
  const asked = await secretary.fill('/staff/data-protection/', '/staff/data-protection/begin/', { email: LOCKED_OUT.email });
  const held = asked.path;
  await secretary.fill('/staff/holds/', '/staff/holds/place/', { reference: member.split('/').at(-2), reason: 'A dispute.' });
  const screen = screensOf(origin, session);
  return [
    screen('/staff/signed-in/', { name: '/staff/signed-in/ without a sign-in', status: 400 }),
    screen('/staff/'),
    screen('/staff/search/?q=sample', { name: '/staff/search/' }),
    screen('/staff/enquiries/'),
    screen(enquiry, { name: '/staff/enquiries/…' }),
    screen(enquiry, { name: '/staff/enquiries/… left empty', form: 'answer/', status: 422 }),
    screen('/staff/applications/'),
    screen('/staff/applications/paper/'),
    screen('/staff/applications/enter/'),
    screen('/staff/applications/enter/?category=full&urn=900006', { name: '/staff/applications/enter/ of a school' }),
    screen('/staff/applications/enter/?category=associate', {
      name: '/staff/applications/enter/ left empty',
      form: 'enter/',
      status: 422,
    }),
    screen(review, { name: '/staff/applications/… under review' }),
    screen(review, { name: '/staff/applications/… decided without anything', form: 'decide/', status: 422 }),
    screen(decided, { name: '/staff/applications/… approved' }),
    screen('/staff/members/'),
    screen(member, { name: '/staff/members/…' }),
    screen(member, { name: '/staff/members/… a notice, before it is entered', form: 'notice/', fill: { received_on: '5 April 2017' } }),
    screen(member, { name: '/staff/members/… a contact left empty', form: 'log/', status: 422 }),
    screen('/staff/members/import/'),
    screen('/staff/members/import/', { name: '/staff/members/import/ checked', form: 'import/', fill: { list: LIST } }),
    screen('/staff/members/import/', { name: '/staff/members/import/ left empty', form: 'import/', status: 422 }),
    screen('/staff/let-in/'),
    screen(letIn, { name: '/staff/let-in/…' }),
    screen('/staff/register/'),
    screen('/staff/roll/'),
    screen('/staff/roll/?on=1+May+2017', { name: '/staff/roll/ on a day' }),
    screen('/staff/letters/'),
    screen('/staff/holds/'),
    screen('/staff/holds/', { name: '/staff/holds/ left empty', form: 'place/', status: 422 }),
    screen('/staff/data-protection/'),
    screen('/staff/data-protection/', { name: '/staff/data-protection/ left empty', form: 'begin/', status: 422 }),
    screen(held, { name: '/staff/data-protection/…' }),
    screen(held, { name: '/staff/data-protection/… erased without a tick', form: 'erase/', status: 422 }),
  ];
}
