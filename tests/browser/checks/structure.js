// How a page is built: its title, its one heading, its landmarks, a way past
// the header; and what leads from it.

/** Tells what is missing from the page's frame. */
export async function structure(tab, tell) {
  for (const [what, where] of await tab.evaluate(frame)) tell(what, where);
}

/** In the page: what is wrong with its frame. */
function frame() {
  const found = [];
  const wrong = (what, where = '') => found.push([what, where]);
  const all = (selector) => [...document.querySelectorAll(selector)].filter((element) => inPage.shown(element));
  const outside = (selector) => all(selector).filter((element) => !element.closest('main, article, section, aside, nav'));

  if (!document.documentElement.lang) wrong('`html` has no `lang`');
  if (!document.title.trim()) wrong('the title is empty');
  const headings = all('h1');
  if (headings.length !== 1) wrong(`there are ${headings.length} headings of level 1; one is wanted`);
  if (headings[0] && !headings[0].textContent.trim()) wrong('the heading of level 1 is empty', inPage.name(headings[0]));
  if (headings[0] && !headings[0].closest('main')) wrong('the heading of level 1 is not in `main`', inPage.name(headings[0]));

  for (const [what, number] of [
    ['main', all('main').length],
    ['banner', outside('header').length],
    ['content information', outside('footer').length],
  ]) {
    if (number !== 1) wrong(`there are ${number} landmarks “${what}”; one is wanted`);
  }
  const navigation = all('nav, [role=navigation]');
  if (navigation.length === 0) wrong('there is no navigation');
  const label = (element) =>
    element.getAttribute('aria-label') ||
    document.getElementById(element.getAttribute('aria-labelledby'))?.textContent.trim();
  const labels = navigation.map(label);
  navigation.forEach((element, index) => {
    if (!labels[index]) wrong('a navigation has no label', inPage.name(element));
    else if (labels.indexOf(labels[index]) !== index) wrong(`two navigations are called “${labels[index]}”`, inPage.name(element));
  });
  return found;
}

/** Goes past the header by keyboard. */
export async function skipLink(tab, tell) {
  const first = await tab.evaluate(() => {
    const skip = [...document.querySelectorAll('a[href], button, input, summary')][0];
    const to = skip?.getAttribute('href') ?? '';
    return { to, autofocus: document.activeElement !== document.body };
  });
  if (!/^#./.test(first.to)) return tell('the first thing to tab to is no link into the page');
  // Where something has the focus at once, such as a summary of errors, the
  // link is behind it.
  if (first.autofocus) await tab.focus(`a[href="${first.to}"]`);
  else await tab.keyboard.press('Tab');
  const seen = await tab.evaluate((to) => {
    const skip = document.activeElement;
    const box = skip.getBoundingClientRect();
    return skip.getAttribute('href') === to && box.top >= 0 && box.left >= 0 && box.bottom <= innerHeight && box.width > 1;
  }, first.to);
  if (!seen) return tell('the skip link is not seen when it has the focus', `a[href="${first.to}"]`);
  await tab.keyboard.press('Enter');
  const inside = await tab.evaluate((to) => {
    const goal = document.getElementById(to.slice(1));
    return Boolean(goal?.contains(document.activeElement)) && Boolean(goal.closest('main'));
  }, first.to);
  if (!inside) tell('the skip link does not bring the focus into `main`', first.to);
}

/** What leads from the page, and what can be led to on it. */
export const ways = (tab) =>
  tab.evaluate(() => ({
    ids: [...document.querySelectorAll('[id]')].map((element) => element.id),
    leads: [...document.querySelectorAll('a[href], area[href], link[href], img[src], script[src], source[src]')].map(
      (element) => [element.href || element.src, inPage.name(element)],
    ),
  }));

/** What a reader finds in `main`: headings, links, fields. */
export const substance = (tab) =>
  tab.$eval('main', (main) => {
    const shown = (selector) => [...main.querySelectorAll(selector)].filter((element) => element.checkVisibility());
    return [
      ...shown('h1, h2, h3, h4').map((element) => `heading “${element.textContent.trim()}”`),
      ...shown('a[href]').map((element) => `link to ${element.getAttribute('href')}`),
      ...shown('input:not([type=hidden]), select, textarea, button').map((element) => `field ${element.name || element.id}`),
      ...shown('p, li, td, dd').map((element) => `text “${element.textContent.trim().replace(/\s+/g, ' ')}”`),
    ];
  });
