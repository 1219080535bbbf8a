// The rules of axe: WCAG 2.0 to 2.2 at A and AA, and its best practices.

import { AxeBuilder } from '../tools.js';

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa', 'best-practice'];

/** Tells what axe finds. */
export async function axe(tab, tell) {
  const builder = new AxeBuilder({ page: tab })
    .setLegacyMode()
    // Off unless it is asked for, although WCAG 2.2 has it at AA.
    .options({ rules: { 'target-size': { enabled: true } } })
    .withTags(TAGS);
  const { violations } = await builder.analyze();
  for (const { id, help, nodes } of violations) {
    for (const { target, any, all, none } of nodes) {
      const why = [...any, ...all, ...none].map((check) => check.message)[0];
      tell(`${id}: ${help}${why ? ` (${why})` : ''}`, target.flat().join(' '));
    }
  }
}
