// The look-up of a school: as somebody types, the schools that may be meant,
// by name, URN or postcode, spelt well or not. Without it the form does the
// same when it is sent. Nothing is sent anywhere.

const form = document.getElementById('find-school');
const field = form.elements.q;
const list = document.getElementById('found');
const count = document.getElementById('count');

/** How many are shown; more of the name helps then. */
const SHOWN = 6;

/** Short forms of words that names of schools have. */
const LONG = { st: 'saint', sch: 'school', ce: 'church', c: 'church' };

/** A word as it is compared. */
const plain = (word) => {
  const term = word.toLowerCase().normalize('NFD').replace(/[\u0300-\u036f’'.]/g, '');
  return LONG[term] ?? term;
};

let loading;

const load = () =>
  (loading ??= Promise.all([import(form.dataset.engine), fetch(form.dataset.schools).then((answer) => answer.json())])
    .then(([{ default: MiniSearch }, schools]) => {
      const engine = new MiniSearch({
        idField: 'urn',
        fields: ['urn', 'name', 'postcode', 'joined'],
        storeFields: ['name', 'postcode', 'kind'],
        processTerm: (word) => plain(word) || null,
        searchOptions: {
          combineWith: 'AND',
          prefix: true,
          // Two letters that changed places are two mistakes.
          fuzzy: (term) => (/\d/.test(term) || term.length < 4 ? false : term.length < 5 ? 1 : 2),
        },
      });
      engine.addAll(schools.map((school) => ({ ...school, joined: school.postcode?.replace(' ', '') })));
      return engine;
    })
    .catch(() => {
      loading = undefined;
    }));

function row({ id, name, postcode, kind }) {
  const item = document.createElement('li');
  const link = Object.assign(document.createElement('a'), { href: `${form.action.split('?')[0]}${id}/`, textContent: name });
  const about = document.createElement('p');
  about.textContent = [`URN ${id}`, postcode, kind?.toLowerCase()].filter(Boolean).join(', ');
  item.append(link, about);
  return item;
}

let turn = 0;

async function look() {
  const own = (turn += 1);
  const words = field.value.trim();
  const engine = words.length > 1 ? await load() : undefined;
  if (own !== turn) return;
  const found = engine ? engine.search(words.replace(/(\d{3}) (\d{3})$/, '$1$2')) : [];
  list.replaceChildren(...found.slice(0, SHOWN).map(row));
  list.hidden = found.length === 0;
  const many = found.length > SHOWN ? `${found.length} schools: type more of the name` : `${found.length} school${found.length === 1 ? '' : 's'}`;
  count.textContent = engine ? (found.length ? many : 'No school is like that') : '';
}

let waiting;
field.addEventListener('focus', load, { once: true });
field.addEventListener('input', () => {
  clearTimeout(waiting);
  waiting = setTimeout(look, 150);
});
