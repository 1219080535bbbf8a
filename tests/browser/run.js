// Every page and every form of the real program, in a real browser.
//
//     node tests/browser/run.js            all of it, as tests/run does
//     node tests/browser/run.js /services  only screens whose name holds this,
//                                          without journeys and pictures
//
// The last line counts the rules that hold and those that do not.

import { afterwards } from './afterwards.js';
import { startBrowser } from './browser.js';
import { links } from './checks/links.js';
import { validity } from './checks/validity.js';
import { heaviest } from './checks/weight.js';
import { JOURNEYS, journeys } from './journeys.js';
import { startProgram } from './program.js';
import { Report } from './report.js';
import { screens } from './screens.js';
import { screenshots } from './screenshots.js';
import { RULES, survey } from './survey.js';

/** Nothing may hang longer than this. */
const MINUTES = 10;

const [part] = process.argv.slice(2);
const report = new Report();
for (const [id, sentence] of Object.entries(RULES)) report.rule(id, sentence);
report.rule('html', 'every page is valid HTML by the Nu checker');
report.rule('links', 'every link within the site leads to a page, a file or an anchor that is there');
if (!part) {
  for (const [id, [sentence]] of Object.entries(JOURNEYS)) report.rule(id, sentence);
  report.rule('screenshots', 'the pages that matter most have their pictures taken');
}

const started = Date.now();
const say = (what) => console.log(`${((Date.now() - started) / 1000).toFixed(0).padStart(4)} s  ${what}`);
// A browser that was started goes with this process; the program does not.
const browser = await startBrowser();
const program = await startProgram().catch(async (error) => {
  await browser.close();
  throw error;
});
const hung = setTimeout(async () => {
  console.error(`it took more than ${MINUTES} minutes`);
  report.found('opens', 'the suite', `took more than ${MINUTES} minutes, and was ended`);
  report.finish();
  await program.stop();
  process.exit(1);
}, MINUTES * 60_000);

let failed;
try {
  const all = await screens(program.origin);
  const chosen = part ? all.filter((screen) => screen.name.includes(part)) : all;
  say(`${chosen.length} screens to look at, with ${browser.version()}`);
  const seen = await survey(browser, program.origin, chosen, report);
  const after = await afterwards();
  const later = part ? after.screens.filter((screen) => screen.name.includes(part)) : after.screens;
  const seenLater = await survey(browser, after.origin, later, report)
    .then(async (seen) => {
      await report.holds('links', 'the crawl afterwards', () => links(after.origin, seen, (...fault) => report.found('links', ...fault)));
      return seen;
    })
    .finally(after.stop);
  for (const [name, limits] of Object.entries(heaviest)) {
    const sums = Object.entries(limits).map(([limit, sum]) => `${limit} ${sum}`);
    say(`the heaviest of ${name}: ${sums.join(', ')}`);
  }
  say('looked at; now their HTML, their links, and the journeys');
  const html = validity([...seen, ...seenLater].map((screen) => [screen.name, screen.html]), (...fault) => report.found('html', ...fault));
  const checked = report.holds('html', 'the Nu checker', () => html);
  await report.holds('links', 'the crawl', () => links(program.origin, seen, (...fault) => report.found('links', ...fault)));
  if (!part) {
    await journeys(browser, program, report);
    await report.holds('screenshots', 'pictures', async () => say(`pictures are in ${await screenshots(browser, all)}`));
  }
  await checked;
  say('done\n');
} finally {
  clearTimeout(hung);
  await browser.close();
  await program.stop();
}
failed = report.finish();
process.exitCode = failed === 0 ? 0 : 1;
