// The search page: asks for the engine and the words of the site when somebody
// is about to search, finds, and shows. It forgives spelling, keeps the words
// in the address so that it can be shared, and tells the count to those who
// listen. Nothing is sent anywhere.

/** How long after the last key a search is made and told, in milliseconds. */
const PAUSE = 250;

/** How many results are shown at once. */
const SHOWN = 10;

/** About how many letters of the text are shown around a word. */
const SNIPPET = 170;

/** Words that are in every text, and tell nothing. */
const EMPTY = new Set('a an and are as at be by for from how in is it of on or our that the to us we what will with you your'.split(' '));

const form = document.getElementById('search');
const field = form.elements.q;
const count = document.getElementById('count');
const list = document.getElementById('results');
const title = document.title;

/** A word as it is compared: without case, accents and apostrophes. */
const plain = (word) => word.toLowerCase().normalize('NFD').replace(/[\u0300-\u036f’']/g, '');

/** A made element. */
function element(name, content = [], more = {}) {
  const made = Object.assign(document.createElement(name), more);
  made.append(...[content].flat());
  return made;
}

let loading;

/** The engine and the pages; asked for once, and again after a failure. */
function load() {
  loading ??= Promise.all([
    import(form.dataset.engine),
    fetch(form.dataset.pages).then((answer) => {
      if (!answer.ok) throw new Error(`${answer.status}`);
      return answer.json();
    }),
  ])
    .then(([{ default: MiniSearch }, pages]) => {
      const engine = new MiniSearch({
        fields: ['title', 'headings', 'description', 'about', 'section', 'text'],
        processTerm: (word) => {
          const term = plain(word);
          return EMPTY.has(term) ? null : term;
        },
        searchOptions: {
          boost: { title: 8, headings: 3, description: 3, about: 3 },
          prefix: (term) => term.length > 2,
          // One slip in a short word, two in a long one.
          fuzzy: (term) => (term.length < 4 ? false : term.length < 8 ? 1 : 2),
          weights: { fuzzy: 0.4, prefix: 0.6 },
        },
      });
      engine.addAll(pages.map((page, id) => ({ ...page, id })));
      return { engine, pages };
    })
    .catch((error) => {
      loading = undefined;
      throw error;
    });
  return loading;
}

/** Pages for these words: those with all of them; if none has, with any. */
function find({ engine, pages }, words) {
  const all = engine.search(words, { combineWith: 'AND' });
  const found = all.length > 0 ? all : engine.search(words, { combineWith: 'OR' });
  return found.map(({ id, match, queryTerms }) => ({
    page: pages[id],
    terms: Object.keys(match),
    exact: queryTerms.some((term) => term in match),
  }));
}

/** A text with the words that were found marked. */
function marked(text, terms) {
  const parts = [];
  let end = 0;
  for (const word of text.matchAll(/[\p{L}\p{N}’']+/gu)) {
    if (!terms.has(plain(word[0]))) continue;
    parts.push(text.slice(end, word.index), element('mark', word[0]));
    end = word.index + word[0].length;
  }
  return [...parts, text.slice(end)];
}

/** The part of a page's text where the most of the words are; its description if none is. */
function snippet(page, terms) {
  const text = page.text ?? '';
  const places = [...text.matchAll(/[\p{L}\p{N}’']+/gu)].filter((word) => terms.has(plain(word[0])));
  if (places.length === 0) return marked(page.description, terms);
  const within = (from) => new Set(places.filter(({ index }) => index >= from && index < from + SNIPPET).map(([word]) => plain(word))).size;
  const best = places.reduce((one, other) => (within(other.index) > within(one.index) ? other : one));
  let from = Math.max(0, best.index - SNIPPET / 3);
  if (from > 0) from = text.indexOf(' ', from) + 1;
  let until = Math.min(text.length, from + SNIPPET);
  if (until < text.length) until = Math.max(text.lastIndexOf(' ', until), best.index + best[0].length);
  return [from > 0 ? '… ' : '', ...marked(text.slice(from, until), terms), until < text.length ? ' …' : ''];
}

function row({ page, terms }) {
  const words = new Set(terms);
  const link = element('a', marked(page.title, words), { href: page.href });
  const about = [page.section, page.about].filter(Boolean).join(' · ');
  return element('li', [
    element('h2', link),
    ...(about ? [element('p', about, { className: 'section' })] : []),
    element('p', snippet(page, words)),
  ]);
}

/** Shows so many of the results, and a way to the others. */
function show(found, words, shown = SHOWN) {
  document.getElementById('more')?.remove();
  list.replaceChildren(...found.slice(0, shown).map(row));
  list.hidden = found.length === 0;
  const results = found.length === 1 ? '1 result' : `${found.length} results`;
  if (found.length === 0) {
    count.replaceChildren(
      `Nothing was found for “${words}”. Try fewer words, or another word for it; or look through the `,
      element('a', 'A to Z', { href: '/a-z/' }),
      '.',
    );
  } else if (found.some(({ exact }) => exact)) {
    count.textContent = `${results} for “${words}”`;
  } else {
    count.textContent = `${results} for words like “${words}”`;
  }
  if (found.length <= shown) return;
  const rest = found.length - shown;
  const more = element('button', rest === 1 ? 'Show the other result' : `Show the other ${rest} results`, {
    id: 'more',
    type: 'button',
    className: 'button more',
  });
  more.addEventListener('click', () => {
    show(found, words, found.length);
    // On to where reading goes on: the button is gone.
    list.children[shown].querySelector('a').focus();
  });
  list.after(more);
}

/** Only the last search is shown, however long an earlier one takes. */
let turn = 0;

async function search() {
  const words = field.value.trim();
  const own = (turn += 1);
  document.title = words ? `${words} – ${title}` : title;
  if (!words) {
    document.getElementById('more')?.remove();
    list.replaceChildren();
    list.hidden = true;
    count.textContent = '';
    return;
  }
  try {
    const loaded = await load();
    if (own === turn) show(find(loaded, words), words);
  } catch {
    if (own !== turn) return;
    count.replaceChildren(
      'Search could not be loaded. Try again, or look through the ',
      element('a', 'A to Z', { href: '/a-z/' }),
      '.',
    );
  }
}

/** The address that holds the words. */
const address = () => (field.value.trim() ? `?${new URLSearchParams({ q: field.value.trim() })}` : location.pathname);

let waiting;

form.addEventListener('submit', (event) => {
  event.preventDefault();
  clearTimeout(waiting);
  if (address() !== location.search) history.pushState(null, '', address());
  search();
});
field.addEventListener('focus', () => load().catch(() => {}), { once: true });
field.addEventListener('input', () => {
  clearTimeout(waiting);
  waiting = setTimeout(() => {
    history.replaceState(null, '', address());
    search();
  }, PAUSE);
});

function fromAddress() {
  field.value = new URLSearchParams(location.search).get('q') ?? '';
  search();
}
addEventListener('popstate', fromAddress);
fromAddress();
