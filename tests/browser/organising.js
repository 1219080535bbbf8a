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
  return [
    screen('/staff/events/'),
    screen(event, { name: '/staff/events/…/' }),
    screen(`${event}?q=nobody`, { name: '/staff/events/…/ nobody found' }),
    screen(event, { name: '/staff/events/…/ booked without a name', form: 'book/', status: 422 }),
    screen(event, { name: '/staff/events/…/ cancelled without a reason', form: 'call-off/', status: 422 }),
    screen(`${event}check-in/`, { name: '/staff/events/…/check-in/' }),
    screen(`${event}check-in/?q=nobody`, { name: '/staff/events/…/check-in/ nobody found' }),
  ];
}
