// Whether what was served is valid HTML, by the Nu checker: all pages in one
// run, since it takes seconds to start.

import { execFile } from 'node:child_process';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { checker, workshop } from '../tools.js';

/** Tells what the checker finds. `pages` are names and what was served. */
export async function validity(pages, tell) {
  const folder = join(workshop, 'pages');
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const names = new Map();
  for (const [index, [name, html]] of pages.entries()) {
    const file = `${String(index).padStart(4, '0')}.html`;
    names.set(file, name);
    await writeFile(join(folder, file), html);
  }
  const out = await java(['-Xss1m', '-jar', checker, '--format', 'json', '--exit-zero-always', '--stdout', folder]);
  for (const { type, subType, url, message, extract, lastLine } of JSON.parse(out).messages) {
    const grave = type === 'error' || type === 'non-document-error' || subType === 'warning';
    if (grave) tell(names.get(basename(url ?? '')) ?? 'the checker', `line ${lastLine}: ${message}`, extract?.replace(/\s+/g, ' ').trim());
  }
}

const java = (commands) =>
  new Promise((done, fail) => {
    execFile('java', commands, { maxBuffer: 1 << 28, timeout: 180_000 }, (error, stdout, stderr) => {
      if (error) fail(new Error(`the Nu checker did not run: ${stderr || error.message}`));
      else done(stdout);
    });
  });
