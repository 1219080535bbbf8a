// What is edited: the project's own content, an entry of each kind that is
// there, and an entry of each kind that is not.

import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { promisify } from 'node:util';
import { root, target } from '../tools.js';

const run = promisify(execFile);

/** Entries that are there: a collection, the name of the file, its path. */
export const THERE = [
  ['pages', '_index', 'content/_index.md'],
  ['membership', 'fees', 'content/membership/fees.md'],
  ['prospectus', 'errata', 'content/prospectus/errata.md'],
  ['services', 'peer-review', 'content/services/peer-review.md'],
  ['board', 'kevan-collins', 'content/board/kevan-collins.md'],
  ['events', 'workshop-for-leaders', 'content/events/workshop-for-leaders.md'],
  ['documents', 'arrangements', 'content/documents/arrangements.md'],
];

/** Entries that are not: a collection, the path that it is saved at, its fields. */
export const NEW = [
  ['pages', 'content/questions-schools-ask.md', {
    title: 'Questions schools ask',
    description: 'What schools ask most: and what the prospectus says.',
    source: 'Prospectus, section E2',
    body: '## What does it cost? {#cost}\n\nSee [the fees](membership/fees.md#rate).',
  }],
  ['services', 'content/services/a-service-under-test.md', {
    title: 'A service under test',
    description: 'It is made by a test, and by nobody else.',
    id: 'S98',
    pillar: 'development',
    charging: ['tbc', 'open'],
    audience: ['members'],
    sources: [{ section: 'C4', page: 'prospectus/school-improvement/_index.md#c4' }],
    body: 'Its text.',
  }],
  ['board', 'content/board/a-post-under-test.md', {
    title: 'A post under test',
    description: 'It is made by a test, and by nobody else.',
    post: 'Director',
    standing: 'vacancy',
    status: 'interim-2016',
    body: 'Its text.',
  }],
  ['events', 'content/events/an-event-under-test.md', {
    title: 'An event under test',
    description: 'It is made by a test, and by nobody else.',
    starts: '2028-07-03T16:00',
    ends: '2028-07-03T17:30',
    venue: 'Placeholder venue: no venue has been chosen',
    capacity: '12',
    price: '£5.50',
    service: 'peer-review',
    sample: true,
    body: '**This is a sample.**',
  }],
  ['news', 'content/news/a-piece-of-news-under-test.md', {
    title: 'A piece of news under test',
    description: 'It is made by a test, and by nobody else.',
    date: '2026-11-23',
    body: '> [!NOTE]\n> This is a sample.',
  }],
  ['documents', 'content/documents/a-paper-under-test.md', {
    title: 'A paper under test',
    description: 'It is made by a test, and by nobody else.',
    form: 'paper',
    placeholder: true,
    body: 'Its text.',
  }],
];

/** The text of every file of the content, by its path in the repository. */
export async function content() {
  const files = {};
  for (const entry of await readdir(join(root, 'content'), { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isFile()) files[relative(root, path)] = await readFile(path, 'utf8');
  }
  return files;
}

/** The same page with another title, as somebody with an editor of text would write it. */
export const retitled = (text, suffix) =>
  text.replace(/^(title: )("?)(.*?)("?)$/m, (_, field, open, title, close) => `${field}${open}${title}${suffix}${close}`);

/** What stands below the front matter. */
export const body = (text) => text.split(/^---$/m).slice(2).join('---');

/** Runs the generator; what it says if it is not done. */
export async function generator(...words) {
  const path = join(target, 'debug/site-gen');
  if (!existsSync(path)) throw new Error(`${path} is not built: run \`cargo build -p site-gen\``);
  try {
    await run(path, words, { cwd: root, maxBuffer: 1 << 26 });
  } catch (error) {
    throw new Error(`${error.stdout}${error.stderr}`, { cause: error });
  }
}

/** Builds a site of these files in a folder of its own; its files by path. */
export async function built(folder, files) {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(join(folder, dirname(path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
  const out = join(folder, 'site');
  await generator('build', '--content', join(folder, 'content'), '--out', out, '--now', '2026-11-23T12:00Z');
  const site = {};
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const path = relative(folder, join(entry.parentPath, entry.name));
    if (entry.isFile() && !path.startsWith('content')) site[path] = await readFile(join(folder, path));
  }
  return site;
}
