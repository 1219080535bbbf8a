// Opens every screen once, and asks of it all that can be asked of one page:
// wide and light, wide and dark, on a phone, on the narrowest screen.

import { readFileSync } from 'node:fs';
import { axe } from './checks/axe.js';
import { layout } from './checks/layout.js';
import { focus, targets } from './checks/pressing.js';
import { skipLink, structure, substance, ways } from './checks/structure.js';
import { weigh, weight } from './checks/weight.js';
import { DESK, newContext, watch } from './browser.js';

/** As many as the machines that run this have processors. */
const TABS = 2;

const WIDE = { width: 1280, height: 900 };
const PHONE = { width: 390, height: 844 };

const IN_PAGE = readFileSync(new URL('checks/in-page.js', import.meta.url), 'utf8');

/** What is true of every screen if nothing is found. */
export const RULES = {
  opens: 'every page of the sitemap and every screen opens',
  'axe-light': 'no rule of axe is broken in the light scheme',
  'axe-dark': 'no rule of axe is broken in the dark scheme',
  structure: 'every page has a title, one h1, and its landmarks, each with a name of its own',
  'skip-link': 'the skip link is seen when it has the focus, and leads past the header',
  focus: 'whatever has the focus shows it, and is not hidden',
  targets: 'every target is 24 px or more, except in a sentence',
  'fits-320': 'nothing scrolls sideways or is cut off at 320 px',
  'fits-text-200': 'nothing scrolls sideways or is cut off with text of twice the size',
  'fits-spacing': 'nothing scrolls sideways or is cut off with the spacing of WCAG 1.4.12',
  'own-origin': 'no page asks anything of another origin',
  'quiet-console': 'no page has an error in the console, or breaks its security policy',
  'no-javascript': 'all that a page says and offers is there without JavaScript',
  weight: 'every page is within its budget',
};

/**
 * Looks at all screens, in tabs beside each other. Gives what was served and
 * what leads where: `{ name, address, at, html, ids, leads }` for each.
 */
export async function survey(browser, origin, screens, report) {
  const waiting = [...screens];
  const seen = [];
  const worker = async () => {
    const tab = await Tab.open(browser, origin, report);
    while (waiting.length > 0) {
      const screen = waiting.shift();
      try {
        seen.push({ ...(await tab.look(screen)), cookie: screen.cookie });
      } catch (error) {
        report.found('opens', screen.name, `the look at it ended: ${error.message.split('\n')[0]}`);
      }
    }
    await tab.close();
  };
  await Promise.all(Array.from({ length: TABS }, worker));
  return seen;
}

class Tab {
  // Each has cookies of its own: a screen signs in as who it is for, while the
  // other tab may be at somebody else's.
  static async open(browser, origin, report) {
    const context = await newContext(browser, { viewport: WIDE });
    const without = await newContext(browser, { viewport: WIDE, javaScriptEnabled: false });
    await context.addInitScript(IN_PAGE);
    const tab = new Tab();
    Object.assign(tab, { origin, report, name: '', answers: [] });
    const seen = (rule, what) => report.found(rule, tab.name, what);
    tab.page = await context.newPage();
    // A first view: nothing comes from a cache, so everything is counted.
    const session = await context.newCDPSession(tab.page);
    await session.send('Network.setCacheDisabled', { cacheDisabled: true });
    tab.page.on('response', (response) => tab.answers.push(response));
    tab.bare = await without.newPage();
    for (const page of [tab.page, tab.bare]) watch(page, [origin], seen);
    return tab;
  }

  async close() {
    for (const page of [this.page, this.bare]) await page.context().close();
  }

  async look(screen) {
    const { page, report } = this;
    this.name = screen.name;
    const tell = (rule) => (what, where) => report.found(rule, screen.name, what, where);

    await page.emulateMedia({ colorScheme: 'light' });
    await page.setViewportSize(WIDE);
    this.answers = [];
    const response = await screen.open(page);
    // A script may still ask for something; a page without one is done.
    if (await page.$(`script:not([src^="${DESK}"])`)) await page.waitForLoadState('networkidle');
    const seen = { name: screen.name, address: screen.address, at: page.url(), html: await response.text() };
    if (response.status() !== screen.status) {
      report.found('opens', screen.name, `answered ${response.status()}; ${screen.status} is wanted`);
      return { ...seen, ids: [], leads: [] };
    }
    Object.assign(seen, await ways(page));
    const enhanced = await substance(page);
    weight(screen, await this.parts(response), tell('weight'));

    await structure(page, tell('structure'));
    await skipLink(page, tell('skip-link'));
    await axe(page, tell('axe-light'));
    await targets(page, WIDE.width, tell('targets'));
    await focus(page, 'light', tell('focus'));

    await page.emulateMedia({ colorScheme: 'dark' });
    await focus(page, 'dark', tell('focus'));

    await page.setViewportSize(PHONE);
    await page.$$eval('details', (all) => all.forEach((each) => each.setAttribute('open', '')));
    await axe(page, tell('axe-dark'));
    await targets(page, PHONE.width, tell('targets'));
    await layout(page, (rule, what, where) => report.found(rule, screen.name, what, where));

    if (screen.address && !screen.scripted) await this.withoutJavaScript(screen, enhanced, tell('no-javascript'));
    return seen;
  }

  /** What the view asked for since the page itself was, each once. */
  async parts(response) {
    const parts = [];
    const all = this.answers.slice(this.answers.indexOf(response));
    for (const answer of all) {
      if (new URL(answer.url()).pathname.startsWith(DESK)) continue;
      const type = answer.headers()['content-type'] ?? '';
      parts.push(weigh(answer.url(), type, await answer.body()));
    }
    // A browser without a window asks for no icon; one with a window does.
    const icon = await this.page.evaluate(() => document.querySelector('link[rel~=icon]')?.href);
    if (icon && !parts.some((part) => part.url === icon)) {
      const answer = await fetch(icon);
      parts.push(weigh(icon, answer.headers.get('content-type') ?? '', Buffer.from(await answer.arrayBuffer())));
    }
    return parts;
  }

  async withoutJavaScript(screen, enhanced, tell) {
    await screen.open(this.bare);
    const bare = new Set(await substance(this.bare));
    for (const thing of new Set(enhanced)) if (!bare.has(thing)) tell(`without JavaScript there is no ${thing}`);
  }
}
