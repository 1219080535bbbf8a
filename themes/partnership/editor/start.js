// Starts the editor with the configuration that the generator wrote beside it.
// It speaks British English, as the site does, and does not offer what it has
// no words for: those of other languages are not served here.
const LANGUAGE = 'en-GB';
const KEPT = 'sveltia-cms.prefs';
const wishes = JSON.parse(localStorage.getItem(KEPT) ?? '{}');
localStorage.setItem(KEPT, JSON.stringify({ ...wishes, locale: LANGUAGE }));
Object.defineProperty(navigator, 'language', { value: LANGUAGE });
Object.defineProperty(navigator, 'languages', { value: [LANGUAGE] });

const [{ default: CMS }, config] = await Promise.all([
  import('./cms/index.js'),
  fetch('config.json', { cache: 'no-cache' }).then((answer) => answer.json()),
]);
CMS.init({ config });
