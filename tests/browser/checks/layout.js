// Whether a page fits: no scrolling sideways and nothing cut off, on a narrow
// screen, with text of twice the size, and with the spacing of WCAG 1.4.12.

const SPACING = `
  * { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; }
  p { margin-bottom: 2em !important; }`;
const TWICE = 'html { font-size: 200% !important; }';

const NARROW = { width: 320, height: 800 };
const WIDE = { width: 1280, height: 900 };

/** Every way a reader may set a page: the rule, how it is told, the window, the style. */
const SETTINGS = [
  ['fits-320', 'at 320 px', NARROW, ''],
  ['fits-text-200', 'with text of 200 % at 1280 px', WIDE, TWICE],
  ['fits-text-200', 'with text of 200 % at 320 px', NARROW, TWICE],
  ['fits-spacing', 'with wide spacing at 320 px', NARROW, SPACING],
  ['fits-spacing', 'with wide spacing at 1280 px', WIDE, SPACING],
];

/** Tells what does not fit; `tell` takes the rule as well. */
export async function layout(tab, tell) {
  for (const [rule, how, size, style] of SETTINGS) {
    await tab.setViewportSize(size);
    await dress(tab, style);
    for (const [what, where] of await tab.evaluate(misfits)) tell(rule, `${what} ${how}`, where);
  }
  await dress(tab, '');
}

/** A reader's own style. The page's policy forbids a style element, not this. */
const dress = (tab, style) =>
  tab.evaluate((text) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(text);
    document.adoptedStyleSheets = [sheet];
  }, style);

/** In the page: what sticks out or is cut off. */
function misfits() {
  const found = [];
  const width = document.documentElement.clientWidth;
  const scrolls = (element) => /auto|scroll/.test(getComputedStyle(element).overflowX);
  if (document.documentElement.scrollWidth > width) {
    const outside = [...document.body.querySelectorAll('*')].filter(
      (element) => inPage.shown(element) && element.getBoundingClientRect().right > width + 1,
    );
    const causes = outside.filter((element) => ![...element.children].some((child) => outside.includes(child)));
    const first = causes[0] ?? document.body;
    found.push([`it is ${document.documentElement.scrollWidth - width} px too wide`, inPage.name(first)]);
  }
  for (const element of document.body.querySelectorAll('*')) {
    const { overflowX, overflowY } = getComputedStyle(element);
    if (overflowX === 'visible' && overflowY === 'visible') continue;
    if (!inPage.shown(element) || inPage.unseen(element) || !element.textContent.trim()) continue;
    if (element.closest('svg')) continue;
    const hides = (overflow) => overflow === 'hidden' || overflow === 'clip';
    const across = hides(overflowX) && element.scrollWidth > element.clientWidth + 1;
    const down = hides(overflowY) && element.scrollHeight > element.clientHeight + 1;
    if (across || down) found.push(['text is cut off', inPage.name(element)]);
    const keyboard = element.tabIndex >= 0 || element.querySelector('a[href], button, input');
    if (scrolls(element) && element.scrollWidth > element.clientWidth + 1 && !keyboard) {
      found.push(['a part scrolls sideways that the keyboard cannot reach', inPage.name(element)]);
    }
  }
  return found;
}
