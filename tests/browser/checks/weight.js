// What a first view costs on the wire: every request counted, every byte as
// Brotli sends it. The limits are in `budgets.json`.

import { readFileSync } from 'node:fs';
import { brotliCompressSync, constants } from 'node:zlib';

const { brotli_quality: quality, budgets } = JSON.parse(readFileSync(new URL('../budgets.json', import.meta.url), 'utf8'));

/** Already as small as they get. */
const PACKED = /^(font\/|image\/(avif|jpeg|png|webp)|application\/(gzip|zip))/;

/** What each limit counts. A key of a budget is one of these. */
const COUNTED = {
  html_css: { bytes: true, kinds: (part) => part.kind === 'html' || part.kind === 'css' },
  javascript: { bytes: true, kinds: (part) => part.kind === 'javascript' },
  before_font: { bytes: true, kinds: (part) => part.kind !== 'font' },
  all: { bytes: true, kinds: () => true },
  requests: { bytes: false, kinds: () => true },
  requests_before_font: { bytes: false, kinds: (part) => part.kind !== 'font' },
};

const packed = new Map();

function bytes(body, type) {
  if (PACKED.test(type)) return body.length;
  const key = body.toString('latin1');
  if (!packed.has(key)) {
    const options = { params: { [constants.BROTLI_PARAM_QUALITY]: quality, [constants.BROTLI_PARAM_SIZE_HINT]: body.length } };
    packed.set(key, brotliCompressSync(body, options).length);
  }
  return packed.get(key);
}

function kind(type) {
  if (type.startsWith('text/html')) return 'html';
  if (type.startsWith('text/css')) return 'css';
  if (type.startsWith('font/')) return 'font';
  return /javascript/.test(type) ? 'javascript' : 'other';
}

/** One answer of the site, weighed. */
export const weigh = (url, type, body) => ({ url, kind: kind(type), bytes: bytes(body, type) });

/** The most that any screen came to: by budget, then by limit. */
export const heaviest = {};

/** Tells which limits a screen is over. `parts` are what its view asked for. */
export function weight(screen, parts, tell) {
  const budget = budgets.find((each) => each.kind === screen.kind && (!each.path || new RegExp(each.path).test(screen.name)));
  if (!budget) return tell(`no budget is for a screen of the kind \`${screen.kind}\``);
  for (const [limit, most] of Object.entries(budget.limits)) {
    const counted = COUNTED[limit];
    if (!counted) return tell(`budgets.json: \`${limit}\` is none of ${Object.keys(COUNTED).join(', ')}`);
    const chosen = parts.filter(counted.kinds);
    const sum = counted.bytes ? chosen.reduce((total, part) => total + part.bytes, 0) : chosen.length;
    const record = (heaviest[budget.name] ??= {});
    record[limit] = Math.max(record[limit] ?? 0, sum);
    if (sum <= most) continue;
    const largest = chosen.sort((a, b) => b.bytes - a.bytes).slice(0, 3);
    const names = largest.map((part) => `${new URL(part.url).pathname} ${part.bytes}`).join(', ');
    tell(`${limit} is ${sum}; ${budget.name} may have ${most} (${names})`);
  }
}
