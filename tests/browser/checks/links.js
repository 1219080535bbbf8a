// Whether everything that is linked to is there: pages, files and anchors of
// the site itself. Nobody else is asked.

/** How many are asked for at once. */
const AT_ONCE = 4;

/** Addresses that send on by who asks: the way in to a member's page, and from it to an invoice. */
const SENT_ON = [/^\/account\/$/, /^\/account\/[^/]+\/invoices\/[^/]+\/$/];

/**
 * Tells of links that lead nowhere. `found` is a list of `{ name, address,
 * ids, leads, cookie }`, one a screen.
 */
export async function links(origin, found, tell) {
  const ids = new Map();
  const leads = new Map();
  // Whoever is shown a link may follow it: with the session that the screen has.
  const cookies = new Map();
  for (const screen of found) {
    if (screen.address) ids.set(new URL(screen.address).pathname, new Set(screen.ids));
    for (const [href, where] of screen.leads) {
      const url = new URL(href);
      if (url.origin !== origin) continue;
      // An anchor of the page itself, however the page was come by.
      if (url.href.startsWith(`${screen.at.split('#')[0]}#`)) {
        if (!has(screen.ids, url.hash)) tell(screen.name, `there is no anchor ${url.hash} on this page`, where);
        continue;
      }
      if (!leads.has(url.href)) leads.set(url.href, []);
      if (screen.cookie) cookies.set(url.href.split('#')[0], screen.cookie);
      leads.get(url.href).push([screen.name, where]);
    }
  }

  const answers = new Map();
  const ask = async (address) => {
    const response = await fetch(address, { redirect: 'manual', headers: { cookie: cookies.get(address) ?? '' } });
    const html = (response.headers.get('content-type') ?? '').startsWith('text/html') ? await response.text() : '';
    const anchors = [...html.matchAll(/\sid="([^"]*)"/g)].map(([, id]) => id);
    answers.set(address, { status: response.status, to: response.headers.get('location'), anchors });
  };
  const waiting = [...new Set([...leads.keys()].map((href) => href.split('#')[0]))];
  const worker = async () => {
    while (waiting.length > 0) await ask(waiting.pop());
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));

  for (const [href, places] of leads) {
    const { status, to, anchors } = answers.get(href.split('#')[0]);
    const { pathname, search, hash } = new URL(href);
    const known = ids.get(pathname) ?? anchors;
    let what;
    if (to && SENT_ON.some((address) => address.test(pathname))) continue;
    if (to) what = `the link to ${pathname}${search} is sent on to ${to}: link to where it leads`;
    else if (status !== 200) what = `the link to ${pathname}${search} is answered ${status}`;
    else if (hash && !has(known, hash)) what = `the link to ${pathname}${hash} names no anchor of that page`;
    if (what) for (const [name, where] of places) tell(name, what, where);
  }
  return waiting.length + answers.size;
}

const has = (ids, hash) => hash.length < 2 || new Set(ids).has(decodeURIComponent(hash.slice(1)));
