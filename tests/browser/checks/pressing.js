// What can be pressed: large enough to hit, and seen when it has the focus.

/** WCAG 2.5.8, in CSS pixels. */
const LEAST = 24;
/** WCAG 1.4.11: what tells a state stands out by this contrast. */
const CONTRAST = 3;

/** Tells of targets under 24 px, except those in a sentence. */
export async function targets(tab, width, tell) {
  const small = await tab.evaluate((least) => {
    const inSentence = (element) => {
      if (getComputedStyle(element).display !== 'inline') return false;
      const block = element.closest('p, li, dd, dt, td, th, legend, label, caption, blockquote');
      if (!block) return false;
      const links = [...block.querySelectorAll('a, button')].reduce((sum, link) => sum + link.textContent.trim().length, 0);
      return block.textContent.trim().length > links;
    };
    const size = (element) => {
      const boxes = [element, ...(element.labels ?? [])].map((each) => each.getBoundingClientRect());
      return boxes.some((box) => Math.round(box.width) >= least && Math.round(box.height) >= least)
        ? null
        : `${Math.round(boxes[0].width)} × ${Math.round(boxes[0].height)}`;
    };
    return inPage
      .targets()
      .filter((element) => !element.matches('.skip') && !inSentence(element))
      .map((element) => [size(element), inPage.name(element)])
      .filter(([wrong]) => wrong);
  }, LEAST);
  for (const [size, where] of small) tell(`a target is ${size} px at ${width} px; ${LEAST} × ${LEAST} is the least`, where);
}

/** Tells of what does not show that it has the focus, or is hidden when it has it. */
export async function focus(tab, scheme, tell) {
  // The keyboard was used last, so the focus is shown from now on. It goes from
  // the first to the second: past the last it would leave the page, and come
  // back to the skip link at a moment of its own, over whatever is looked at next.
  await tab.evaluate(() => inPage.targets()[0]?.focus());
  await tab.keyboard.press('Tab');
  const faults = await tab.evaluate((least) => {
    const found = [];
    for (const element of inPage.targets()) {
      element.focus({ focusVisible: true });
      if (document.activeElement !== element) {
        found.push(['it cannot have the focus', inPage.name(element)]);
        continue;
      }
      const style = getComputedStyle(element);
      const drawn = style.outlineStyle !== 'none' && Number.parseFloat(style.outlineWidth) >= 2;
      const contrast = inPage.contrast(inPage.colour(style.outlineColor), inPage.behind(element));
      if (!drawn) found.push(['no outline of 2 px or more shows the focus', inPage.name(element)]);
      else if (contrast < least) found.push([`the outline's contrast is ${contrast.toFixed(2)}; ${least} is the least`, inPage.name(element)]);
      const box = element.getClientRects()[0];
      const across = Math.min(Math.max(box.left + box.width / 2, 0), innerWidth - 1);
      const top = document.elementFromPoint(across, box.top + box.height / 2);
      const covered = !top || !(element.contains(top) || top.contains(element) || top.matches('label'));
      if (covered) found.push([`it is hidden when it has the focus, behind ${top ? inPage.name(top) : 'the edge'}`, inPage.name(element)]);
    }
    return found;
  }, CONTRAST);
  for (const [what, where] of faults) tell(`${what} (${scheme})`, where);
}
