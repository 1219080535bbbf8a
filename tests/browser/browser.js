// One Chromium for everything. It asks nothing of its makers, and what it asks
// of anybody but the site is told.

import { browserPath, chromium } from './tools.js';

const MANNERS = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-dev-shm-usage',
];

/** Starts it; its profile is new, and goes when it ends. */
export const startBrowser = () => chromium.launch({ executablePath: browserPath(), args: MANNERS, chromiumSandbox: false });

/** What the program adds on a developer's machine, such as live reload: no part of the site. */
export const DESK = '/dev/';

/** A context in which nothing of the desk's runs: a page stays as it was opened. */
export async function newContext(browser, options) {
  const context = await browser.newContext({ locale: 'en-GB', reducedMotion: 'reduce', ...options });
  const nothing = { contentType: 'text/javascript', body: '' };
  await context.route(({ pathname }) => pathname.startsWith(DESK), (route) => route.fulfill(nothing));
  return context;
}

/**
 * Watches a tab: a request to another origin, a message of error, a resource
 * that does not come. `seen` is called with the rule and what is wrong;
 * `allowed` holds the origins that may be asked.
 */
export function watch(tab, allowed, seen) {
  tab.on('request', (request) => {
    const { protocol, origin } = new URL(request.url());
    if (protocol.startsWith('http') && !allowed.includes(origin)) {
      seen('own-origin', `${request.resourceType()} asked of ${origin}: ${request.url()}`);
    }
  });
  tab.on('requestfailed', (request) => {
    const cause = request.failure()?.errorText;
    // A navigation that another one overtakes.
    if (cause !== 'net::ERR_ABORTED') seen('quiet-console', `${request.url()} did not come: ${cause}`);
  });
  tab.on('console', (message) => {
    // A page that is itself an answer such as 404 is told as an error too.
    const itself = message.location().url === tab.url() && message.text().startsWith('Failed to load resource');
    if (message.type() === 'error' && !itself) seen('quiet-console', message.text());
  });
  tab.on('pageerror', (error) => seen('quiet-console', `uncaught: ${error.message}`));
}
