// Somebody who sends forms without a browser: brings the program into the
// states whose pages are to be looked at. The names of fields are the forms' own.

/** The pages of a complete application of the school with this URN, in order, and what is typed on each. */
export const application = (urn) => [
  ['school', { urn }],
  ['school-details', {}],
  ['head', { head_name: 'Zoë O’Brien-Núñez', head_email: 'head@sample.example', head_telephone: '020 7946 0001' }],
  ['chair', { chair_name: '李 小龍', chair_email: 'chair@sample.example' }],
  [
    'contact',
    {
      contact_name: 'আজিজ চৌধুরী',
      contact_role: 'School business manager',
      contact_email: 'office@sample.example',
      contact_telephone: '020 7946 0000',
    },
  ],
  ['finance', { finance_name: 'Robin Sample', finance_email: 'finance@sample.example' }],
  ['pupils', {}],
  [
    'approval',
    {
      approved_by: 'The governing body',
      approved_on: '14 March 2017',
      approval_minute: '7.2',
      permission: 'yes',
      permission_on: '20 March 2017',
    },
  ],
  ['commitments', { aims_and_values: 'agreed', guarantee: 'agreed', annual_fee: 'agreed', authority: 'agreed' }],
];

/** A complete question. */
export const question = () => ({
  name: 'Zoë O’Brien-Núñez',
  email: 'zoe@sample.example',
  message: 'What would it cost?\nআমরা জুনে চাই।',
});

/** A complete booking of this person. */
export const booking = (name) => ({
  name,
  email: `${name.toLowerCase().replace(/[^a-z]+/g, '.')}@sample.example`,
  school_name: 'Sample Primary School',
  urn: '900001',
});

/** The page at an address, and where redirects led. */
export async function read(address) {
  const response = await fetch(address);
  return { status: response.status, address: response.url, html: await response.text() };
}

/** Opens a form, fills it in with what it shows already, sends it, and follows the redirect. */
export async function send(address, fields) {
  const form = await read(address);
  const body = new URLSearchParams({ ...shown(form.html), ...fields });
  const response = await fetch(address, { method: 'POST', body });
  const html = await response.text();
  if (!response.ok) throw new Error(`${address} answered ${response.status} to a form that is complete`);
  return { address: response.url, html };
}

/** Books at an address, and confirms it by the link in the letter; what follows. */
export async function book(address, fields) {
  const asked = await send(address, { ...fields, step: 'book' });
  const { origin } = new URL(address);
  return { asked, ...(await send(await letter(origin, fields.email, 'Please confirm it'), {})) };
}

/** What the fields of a form that is posted hold: the first, or the first whose action has this in it. */
export function shown(html, action = '') {
  const forms = html.match(/<form method="post"[^]*?<\/form>/g) ?? [];
  const form = forms.find((each) => !action || each.split('>')[0].includes(action)) ?? '';
  const fields = {};
  for (const [input] of form.matchAll(/<input [^>]*>/g)) {
    const value = (name) => input.match(new RegExp(` ${name}="([^"]*)"`))?.[1];
    if (!['checkbox', 'radio'].includes(value('type')) && value('name')) fields[value('name')] = decoded(value('value'));
  }
  for (const [, name, text] of form.matchAll(/<textarea [^>]*name="([^"]*)"[^>]*>\n?([^]*?)<\/textarea>/g)) fields[name] = decoded(text);
  return fields;
}

const ENTITIES = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'", '#x27': "'", '#x2F': '/' };
const decoded = (text = '') => text.replace(/&([^;]+);/g, (whole, name) => ENTITIES[name] ?? whole);

/** The path of the link in the newest letter to an address whose text has these words. */
export async function letter(origin, to, words) {
  const letters = JSON.parse((await read(`${origin}/dev/letters.json`)).html);
  const found = letters.find((each) => each.to === to && each.text.includes(words));
  if (!found) throw new Error(`no letter to ${to} says “${words}”`);
  return found.text.split(/\s/).find((word) => word.startsWith(origin));
}
