// The pages that matter most, by Lighthouse: on a phone and on a desk, each
// three times, of which the middle one counts.
//
//     node tests/browser/lighthouse.js          all of them
//     node tests/browser/lighthouse.js /fees    only pages whose path holds this
//
// Scores of speed follow what else the machine does: keep it quiet. Lighthouse's
// own slow line and slow processor are simulated, so one machine is much as another.

import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { startProgram } from './program.js';
import { Report } from './report.js';
import { sitemap } from './screens.js';
import { browserPath, target } from './tools.js';

const RUNS = 3;
const LEAST = { performance: 95, accessibility: 100, 'best-practices': 100, seo: 100 };
const DEVICES = ['phone', 'desk'];

const home = createRequire(join(target, 'lighthouse/package.json'));
const library = home.resolve('lighthouse');
const { default: lighthouse } = await import(pathToFileURL(library));
const desk = (await import(pathToFileURL(join(library, '../config/desktop-config.js')))).default;

/** Home, the fees, the Board, the catalogue, one page of each sort below them, a form. */
async function pages(origin) {
  const paths = await sitemap(origin);
  const first = (pattern) => paths.find((path) => pattern.test(path));
  const wanted = [
    '/',
    first(/\/fees\/$/),
    first(/^\/services\/$/),
    first(/^\/services\/[^/]+\/$/),
    first(/^\/board\/$/),
    first(/^\/events\/(?!calendar\/)[^/]+\/$/),
    first(/^\/search\/$/),
    '/apply/',
  ];
  return wanted.filter(Boolean);
}

/** A Chromium that Lighthouse may drive: its port, and how to end it. */
async function startChromium() {
  const profile = await mkdtemp(join(tmpdir(), 'lighthouse-'));
  const child = spawn(
    browserPath(),
    ['--headless=new', '--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-component-update',
      '--disable-dev-shm-usage', '--disable-sync', '--remote-debugging-port=0', `--user-data-dir=${profile}`, 'about:blank'],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  );
  const ended = new Promise((done) => child.once('close', done));
  const stop = async () => {
    child.kill('SIGKILL');
    await ended;
    await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  };
  let said = '';
  for await (const piece of child.stderr) {
    said += piece;
    const port = said.match(/DevTools listening on ws:\/\/127\.0\.0\.1:(\d+)/)?.[1];
    if (port) {
      child.stderr.resume();
      return { port: Number(port), stop };
    }
  }
  await stop();
  throw new Error(`Chromium did not start:\n${said}`);
}

const middle = (numbers) => numbers.toSorted((one, other) => one - other)[Math.floor(numbers.length / 2)];

/** The middle score of each category, and what cost a point in the last run. */
async function scores(port, address, device) {
  const runs = [];
  let lost = {};
  for (let tries = 0; runs.length < RUNS; tries += 1) {
    const settings = {
      port,
      output: 'json',
      logLevel: 'silent',
      onlyCategories: Object.keys(LEAST),
      // The reload of a developer's machine is no part of the site.
      blockedUrlPatterns: ['*/dev/*'],
    };
    const { lhr } = await lighthouse(address, settings, device === 'desk' ? desk : undefined);
    if (lhr.runtimeError) {
      // Now and then Chromium gives no trace, which says nothing of the page.
      if (tries < 2 * RUNS) continue;
      throw new Error(`${address}: ${lhr.runtimeError.code}: ${lhr.runtimeError.message}`);
    }
    // Forms ask to be in no index, and that is all that they may lose there.
    const hidden = lhr.audits['is-crawlable']?.score === 0;
    const score = ([id, category]) => {
      const counted = category.auditRefs.filter((audit) => audit.weight > 0 && lhr.audits[audit.id].score !== null);
      lost[id] = counted.filter((audit) => lhr.audits[audit.id].score < 1).map((audit) => audit.id);
      if (id !== 'seo' || !hidden || !address.endsWith('/apply/')) return [id, Math.round(category.score * 100)];
      const left = counted.filter((audit) => audit.id !== 'is-crawlable');
      const sum = (of) => left.reduce((total, audit) => total + of(audit), 0);
      return [id, Math.round((100 * sum((audit) => audit.weight * lhr.audits[audit.id].score)) / sum((audit) => audit.weight))];
    };
    runs.push(Object.fromEntries(Object.entries(lhr.categories).map(score)));
  }
  return { medians: Object.fromEntries(Object.keys(LEAST).map((id) => [id, middle(runs.map((run) => run[id]))])), lost };
}

const [part = ''] = process.argv.slice(2);
const report = new Report();
for (const [id, least] of Object.entries(LEAST)) report.rule(id, `Lighthouse gives each page at least ${least} for ${id}`);
const program = await startProgram();
const chromium = await startChromium().catch(async (error) => {
  await program.stop();
  throw error;
});
try {
  const chosen = (await pages(program.origin)).filter((path) => path.includes(part));
  if (chosen.length === 0) throw new Error(`no page has \`${part}\` in its path`);
  for (const path of chosen) {
    for (const device of DEVICES) {
      const { medians, lost } = await scores(chromium.port, program.origin + path, device);
      console.log(`${device.padEnd(5)} ${Object.values(medians).map((score) => String(score).padStart(3)).join(' ')}  ${path}`);
      for (const [id, least] of Object.entries(LEAST)) {
        if (medians[id] < least) report.found(id, `${path} on a ${device}`, `${medians[id]}: ${lost[id].join(', ')}`);
      }
    }
  }
} finally {
  await chromium.stop();
  await program.stop();
}
process.exitCode = report.finish() === 0 ? 0 : 1;
