// A person who has a keyboard and no mouse.

/** More presses of Tab than any page needs from its top to its end. */
const PRESSES = 250;

/** Types into each field in the order of the keyboard, ticks by Space, sends by Enter. */
export async function fillByKeyboard(tab, fields) {
  for (const [name, value] of Object.entries(fields)) {
    const kind = await tabTo(tab, `main [name="${name}"]`);
    if (['checkbox', 'radio'].includes(kind)) await tab.keyboard.press('Space');
    else await tab.keyboard.insertText(value);
  }
  await tabTo(tab, 'main button[type=submit]');
  await enter(tab);
}

export const enter = (tab) => Promise.all([tab.waitForNavigation(), tab.keyboard.press('Enter')]);

/** Presses Tab until what the selector names has the focus; its type. */
export async function tabTo(tab, selector) {
  for (let press = 0; press < PRESSES; press += 1) {
    const here = await focused(tab, selector);
    if (here.matches) return here.type;
    await tab.keyboard.press('Tab');
  }
  throw new Error(`the keyboard does not reach ${selector} at ${tab.url()}`);
}

export const focused = (tab, selector = '*') =>
  tab.evaluate((wanted) => {
    const element = document.activeElement;
    const { id, type, localName, href } = element;
    return { id, type, href, kind: localName, matches: element.matches(wanted) };
  }, selector);
