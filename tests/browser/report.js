// What was found: by rule, then by what is wrong, then on which pages. The same
// fault of a template is on every page, and is told once with all its places.

/** How many pages are named for one fault. */
const NAMED = 4;

export class Report {
  #rules = new Map();

  /** Makes a rule known. `sentence` says what is true if nothing is found. */
  rule(id, sentence) {
    this.#rules.set(id, { sentence, faults: new Map() });
  }

  /** A fault against a rule: on which page, what, and where on it. */
  found(id, page, what, where = '') {
    const { faults } = this.#rules.get(id);
    const key = where ? `${what}\n      at ${where}` : what;
    if (!faults.has(key)) faults.set(key, new Set());
    faults.get(key).add(page);
  }

  /** Runs a check; what it throws is a fault of the rule. */
  async holds(id, page, check) {
    try {
      await check();
    } catch (error) {
      this.found(id, page, error.message.split('\n').slice(0, 12).join('\n      '));
    }
  }

  /** Tells all, and gives the number of rules that are broken. */
  finish() {
    let failed = 0;
    for (const [id, { sentence, faults }] of this.#rules) {
      console.log(`${faults.size === 0 ? 'ok    ' : 'FAILED'} ${sentence} (${id})`);
      if (faults.size > 0) failed += 1;
      for (const [what, pages] of faults) {
        const names = [...pages];
        const more = names.length > NAMED ? ` and ${names.length - NAMED} more` : '';
        console.log(`    ${names.slice(0, NAMED).join(', ')}${more}\n      ${what}`);
      }
    }
    console.log(`\n${this.#rules.size - failed} passed, ${failed} failed`);
    return failed;
  }
}
