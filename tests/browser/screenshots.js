// Pictures of what matters most, to be looked at by a person: a phone and a
// desk, light and dark, under the build's folder.

import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { newContext } from './browser.js';
import { target } from './tools.js';

const SIZES = { phone: { width: 390, height: 844 }, desktop: { width: 1280, height: 900 } };

/** Which pages: a name for the file, and how its path is known. */
const PICTURED = {
  home: /^\/$/,
  service: /^\/services\/[^/]+\/$/,
  board: /^\/board\/$/,
  event: /^\/events\/(?!calendar\/)[^/]+\/$/,
  fees: /\/fees\/$/,
  form: /^\/apply\/$/,
  search: /^\/search\/\?q=safegaurding$/,
};

/** Takes them all; gives the folder that they are in. */
export async function screenshots(browser, screens) {
  const folder = join(target, 'screenshots');
  await mkdir(folder, { recursive: true });
  const context = await newContext(browser, {});
  const tab = await context.newPage();
  for (const [name, path] of Object.entries(PICTURED)) {
    const screen = screens.find((each) => path.test(each.name));
    if (!screen) throw new Error(`no screen matches ${path}, so there is no picture “${name}”`);
    for (const [size, viewport] of Object.entries(SIZES)) {
      await tab.setViewportSize(viewport);
      for (const colorScheme of ['light', 'dark']) {
        await tab.emulateMedia({ colorScheme });
        await screen.open(tab);
        await tab.screenshot({ path: join(folder, `${name}-${size}-${colorScheme}.png`), fullPage: true });
      }
    }
  }
  await context.close();
  return folder;
}
