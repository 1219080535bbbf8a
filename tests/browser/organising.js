// The screens of the event organiser's part of the staff area, with somebody on
// the list, and one who did not come.

import { desk, screensOf, signIn } from './staff.js';
import { read } from './visitor.js';

/** Every screen of the organiser's, of the first event that can be booked. */
export async function organising(origin, paths) {
  const session = await signIn(origin, 'organiser');
  const organiser = desk(origin, session);
  const screen = screensOf(origin, session);
  let event;
  for (const path of paths.filter((each) => /^\/events\/[^/]+\/$/.test(each)).reverse()) {
    if (/href="\/book\//.test((await read(origin + path)).html)) event = path.replace('/events/', '/staff/events/');
  }
  if (!event) throw new Error('no event of the content can be booked, so its list cannot be looked at');
  const person = { name: 'Delegate Phoning', email: 'delegate.phoning@sample.example', school_name: 'Sample Primary School' };
  await organiser.fill(event, `${event}book/`, person);
  const message = { subject: 'Bring a pen', text: 'Please.\n\nAnd paper.', places: 'confirmed', people: 'both' };
  const online = await isOnline(origin, paths, organiser);
  // Sent before it is looked at, so that the list of what was sent has a line.
  await organiser.fill(event, `${event}message/send/`, message);
  if (online) await organiser.fill(online, `${online}joining/`, { joining: 'https://meet.example.org/abc' });
  return [
    screen('/staff/events/'),
    screen(event, { name: '/staff/events/…/' }),
    screen(`${event}?q=nobody`, { name: '/staff/events/…/ nobody found' }),
    screen(event, { name: '/staff/events/…/ booked without a name', form: 'book/', status: 422 }),
    screen(event, { name: '/staff/events/…/ cancelled without a reason', form: 'call-off/', status: 422 }),
    screen(event, { name: '/staff/events/…/ a message without a word', form: 'message/', status: 422 }),
    screen(event, { name: '/staff/events/…/message/', form: 'message/', fill: message }),
    ...(online ? [screen(online, { name: '/staff/events/…/ online' }), screen(online, { name: '/staff/events/…/ no joining link', form: 'joining/', fill: { joining: 'meet.example.org' }, status: 422 })] : []),
    screen(`${event}check-in/`, { name: '/staff/events/…/check-in/' }),
    screen(`${event}check-in/?q=nobody`, { name: '/staff/events/…/check-in/ nobody found' }),
  ];
}

/** The staff’s page of an event that can be joined from anywhere, if there is one. */
async function isOnline(origin, paths, organiser) {
  for (const path of paths.filter((each) => /^\/events\/[^/]+\/$/.test(each))) {
    const staff = path.replace('/events/', '/staff/events/');
    if (/action="[^"]*\/joining\/"/.test(await organiser.get(staff))) return staff;
  }
}
