// The packages that the suite is made with. They are installed under the
// build's folder, never beside the sources, so they are asked for from there.

import { createRequire } from 'node:module';
import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The root of the repository. */
export const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');

/** The folder that everything is built into. */
export const target = resolve(root, process.env.CARGO_TARGET_DIR ?? 'target');

/** The suite's own folder under it: packages, pages as they were served. */
export const workshop = join(target, 'browser');

const installed = createRequire(join(workshop, 'package.json'));

function part(name) {
  try {
    return installed(name);
  } catch (error) {
    throw new Error(`${name} is not installed under ${workshop}: run \`tests/run\` once, or see tests/browser/README.md`, {
      cause: error,
    });
  }
}

export const { chromium } = part('playwright-core');
export const { AxeBuilder } = part('@axe-core/playwright');

/** The Nu checker, a Java program. */
export const checker = join(workshop, 'node_modules/vnu-jar/build/dist/vnu.jar');

/** Debian's Chromium, or the one that `CHROMIUM` names. */
export function browserPath() {
  const places = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
  const found = places.find((place) => place && existsSync(place));
  if (!found) throw new Error('there is no Chromium: `apt-get install chromium`, or name one in `CHROMIUM`');
  return found;
}
