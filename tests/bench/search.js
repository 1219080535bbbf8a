// What a search costs on the wire, and what it finds: our page with MiniSearch
// beside Pagefind, on the site as it is built.
//
//     cargo run -p site-gen -- build && node tests/bench/search.js
//
// Bytes are as Brotli sends them, from an empty cache to the first results
// shown, the font left out on both sides. Pagefind is used without a user
// interface of its own, which would add to it.

import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';
import { startBrowser } from '../browser/browser.js';
import { target } from '../browser/tools.js';

const PAGEFIND = '1.6.0';
const WORDS = ['safeguarding', 'safegaurding', 'headteecher', 'Kevin Collins', 'ofsted'];
const TYPES = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css', '.json': 'application/json', '.svg': 'image/svg+xml', '.woff2': 'font/woff2' };

const tool = join(target, `tools/pagefind-${PAGEFIND}`);
if (!existsSync(tool)) {
  mkdirSync(tool, { recursive: true });
  execFileSync('npm', ['install', '--prefix', tool, '--ignore-scripts', '--no-audit', '--no-fund', `pagefind@${PAGEFIND}`], { stdio: 'ignore' });
}
const site = join(target, 'search-bench');
rmSync(site, { recursive: true, force: true });
cpSync(join(target, 'site'), site, { recursive: true });
execFileSync('node', [join(tool, 'node_modules/pagefind/lib/runner/bin.cjs'), '--site', site, '--root-selector', 'main'], { stdio: 'ignore' });

const server = createServer((request, response) => {
  const { pathname } = new URL(request.url, 'http://localhost');
  const file = join(site, decodeURIComponent(pathname), pathname.endsWith('/') ? 'index.html' : '');
  if (!existsSync(file)) return response.writeHead(404).end();
  response.writeHead(200, { 'content-type': TYPES[extname(file)] ?? 'application/octet-stream' }).end(readFileSync(file));
});
await new Promise((done) => server.listen(0, '127.0.0.1', done));
const origin = `http://127.0.0.1:${server.address().port}`;

const packed = (body) => brotliCompressSync(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } }).length;

/** Opens a fresh context, and gives what `find` finds and what it cost. */
async function measure(browser, find) {
  const context = await browser.newContext();
  const tab = await context.newPage();
  const answers = [];
  tab.on('response', (answer) => answers.push(answer));
  const found = await find(tab);
  let bytes = 0;
  for (const answer of answers) {
    if (answer.status() !== 200 || /font/.test(answer.headers()['content-type'] ?? '')) continue;
    bytes += packed(await answer.body());
  }
  await context.close();
  return { bytes, found };
}

const ours = (words) => async (tab) => {
  await tab.goto(`${origin}/search/?q=${encodeURIComponent(words)}`);
  await tab.waitForSelector('#count:not(:empty)');
  return tab.locator('#results h2 a').evaluateAll((links) => links.map((link) => link.getAttribute('href')));
};

/** The search page's own frame counts for both. */
const pagefind = (words) => async (tab) => {
  await tab.route('**/search.*.js', (route) => route.abort());
  await tab.goto(`${origin}/search/`);
  return tab.evaluate(async (text) => {
    const engine = await import('/pagefind/pagefind.js');
    const { results } = await engine.search(text);
    const shown = await Promise.all(results.slice(0, 10).map((result) => result.data()));
    return [...shown.map(({ url }) => url), ...results.slice(10).map(() => '…')];
  }, words);
};

const browser = await startBrowser();
try {
  for (const words of WORDS) {
    for (const [name, find] of Object.entries({ ours, pagefind })) {
      const { bytes, found } = await measure(browser, find(words));
      console.log(`${words.padEnd(14)} ${name.padEnd(9)} ${String(bytes).padStart(7)} bytes, ${found.length} found, first ${found[0] ?? '–'}`);
    }
  }
} finally {
  await browser.close();
  server.close();
}
