// The browser editor, driven as a person drives it: it makes an entry of each
// kind and edits one of each, and the site that comes of what it would commit
// is the site that an editor of text makes.
//
//     node tests/browser/editor.js
//
// The last line counts the rules that hold and those that do not.

import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startBrowser } from './browser.js';
import { NEW, THERE, body, built, content, generator, retitled } from './editor/content.js';
import { Desk } from './editor/desk.js';
import { host } from './editor/host.js';
import { Report } from './report.js';
import { target } from './tools.js';

/** Nothing may hang longer than this. */
const MINUTES = 4;
/** What an edited title ends in. */
const EDITED = ' (edited)';

const report = new Report();
report.rule('opens', 'the editor opens with its own fonts and words, and all its files are there');
report.rule('own-host', 'nothing leaves for another host, whatever the program would like');
report.rule('public', 'no search engine may list the editor’s host');
for (const [kind] of NEW) report.rule(`new-${kind}`, `a new entry of ${kind} is saved where it belongs`);
for (const [kind, name] of THERE) report.rule(`edit-${kind}-${name}`, `${kind}/${name} is edited, and its text is not touched`);
report.rule('again', 'what the editor made, it can edit');
report.rule('builds', 'what it would commit builds without a problem, new pages and all');
report.rule('round-trip', 'after an edit the site is, byte for byte, what the same edit by hand makes');

const hung = setTimeout(() => {
  console.error(`it took more than ${MINUTES} minutes`);
  process.exit(1);
}, MINUTES * 60_000);
const work = await mkdtemp(join(tmpdir(), 'editor-suite-'));
const out = join(work, 'editor');
await generator('editor', '--out', out);
const { origin, stop } = await host(out);
const browser = await startBrowser();
// An editor may be anywhere: what is typed is London's time all the same.
const context = await browser.newContext({ locale: 'fr-FR', timezoneId: 'America/New_York', viewport: { width: 1280, height: 900 } });
const tab = await context.newPage();
tab.setDefaultTimeout(15_000);
watch(tab);
const desk = new Desk(tab, origin);
const before = await content();

try {
  await report.holds('public', 'robots.txt', async () => {
    const robots = await (await fetch(`${origin}/robots.txt`)).text();
    assert.match(robots, /^User-agent: \*\nDisallow: \/$/m);
    assert.match(await (await fetch(`${origin}/admin/`)).text(), /<meta name="robots" content="noindex/);
  });
  await report.holds('opens', '/admin/', async () => {
    await desk.begin(before);
    const fonts = await tab.evaluate(async () => {
      await document.fonts.ready;
      return [...document.fonts].filter((font) => font.status === 'loaded').map((font) => font.family.replaceAll('"', ''));
    });
    for (const font of ['Source Sans 3', 'Material Symbols Outlined']) assert.ok(fonts.includes(font), `${font} is not among ${fonts}`);
    assert.equal(await tab.getByText('The editor’s guide').count(), 0, 'the guide is no page of the site');
    assert.equal(await tab.getByText('Français').count(), 0, 'it offers no language that it has no words for');
  });
  for (const [kind, name, path] of THERE) {
    await report.holds(`edit-${kind}-${name}`, path, async () => {
      await desk.open(kind, name);
      await desk.fill('title', `${await desk.read('title')}${EDITED}`);
      await desk.save();
      const after = (await desk.take())[path];
      assert.equal(body(after), body(before[path]));
    });
  }
  const edited = await desk.take();
  await report.holds('round-trip', 'the content', () => sameSite(edited));
  for (const [kind, path, fields] of NEW) {
    await report.holds(`new-${kind}`, path, async () => {
      await desk.open(kind);
      for (const [field, value] of Object.entries(fields)) await desk.fill(field, value);
      await desk.save();
      const all = await desk.take();
      assert.ok(path in all, `it is not at ${path}, but at ${Object.keys(all).filter((name) => !(name in before))}`);
      assert.equal(body(all[path]).trim(), fields.body);
    });
  }
  // The content has no news yet: this is edited after all.
  await report.holds('again', 'news', async () => {
    const [kind, path] = NEW.find(([name]) => name === 'news');
    await desk.open(kind, path.split('/').pop().replace('.md', ''));
    await desk.fill('description', 'It was edited by a test: nobody else knows it.');
    await desk.save();
    assert.match((await desk.take())[path], /^description: '?It was edited by a test/m);
  });
  await report.holds('builds', 'the content', async () => {
    const site = await built(join(work, 'with-new'), await desk.take());
    for (const [, path] of NEW) {
      const page = `site/${path.replace('content/', '').replace('.md', '/index.html')}`;
      assert.ok(page in site, `${page} is not there`);
    }
    const publication = JSON.parse(site['publication.json']);
    const event = publication.events.find(({ slug }) => slug === 'an-event-under-test');
    assert.equal(event.starts, '2028-07-03T16:00', 'what was typed in New York is London’s time');
  });
} finally {
  clearTimeout(hung);
  await mkdir(join(target, 'screenshots'), { recursive: true });
  await tab.screenshot({ path: join(target, 'screenshots/editor.png') }).catch(() => {});
  await browser.close();
  stop();
  await rm(work, { recursive: true, force: true });
}
process.exitCode = report.finish() === 0 ? 0 : 1;

/** The site of the editor's files is that of the same edit by hand. */
async function sameSite(files) {
  const byHand = { ...before };
  for (const [, , path] of THERE) byHand[path] = retitled(before[path], EDITED);
  for (const [, , path] of THERE) assert.notEqual(byHand[path], before[path], `${path}: it has a title`);
  const [theirs, ours] = [await built(join(work, 'by-editor'), files), await built(join(work, 'by-hand'), byHand)];
  assert.deepEqual(Object.keys(theirs), Object.keys(ours));
  const differ = Object.keys(ours).filter((path) => !theirs[path].equals(ours[path]));
  assert.deepEqual(differ, [], 'these files of the site differ');
}

/** A request to another host that was not stopped by the page's own policy; a file that is not there; an error. */
function watch(page) {
  page.on('request', (request) => {
    const asked = new URL(request.url());
    if (!asked.protocol.startsWith('http') || asked.origin === origin) return;
    request.response().then(
      (response) => response && report.found('own-host', page.url(), `${asked.href} was answered`),
      () => {},
    );
  });
  page.on('requestfailed', (request) => {
    const asked = new URL(request.url());
    const cause = request.failure()?.errorText;
    if (asked.origin === origin && cause !== 'net::ERR_ABORTED') report.found('opens', page.url(), `${asked.href} did not come: ${cause}`);
    else if (asked.protocol.startsWith('http') && asked.origin !== origin && cause !== 'csp') {
      report.found('own-host', page.url(), `${asked.href} was let out: ${cause}`);
    }
  });
  page.on('response', (response) => {
    if (response.status() >= 400) report.found('opens', page.url(), `${response.url()} answers ${response.status()}`);
  });
  page.on('pageerror', (error) => report.found('opens', page.url(), `uncaught: ${error.message}`));
}
