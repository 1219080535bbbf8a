// Somebody who sends forms without a browser: brings the program into the
// states whose pages are to be looked at. The names of fields are the forms' own.

/** A complete application of the school with this URN. */
export const application = (urn) => ({
  school_name: 'Sample Primary School',
  urn,
  pupils: '420',
  head_name: 'Zoë O’Brien-Núñez',
  head_email: 'head@sample.example',
  contact_name: 'আজিজ চৌধুরী',
  contact_role: 'School business manager',
  contact_email: 'office@sample.example',
  contact_telephone: '020 7946 0000',
  finance_name: 'Robin Sample',
  finance_email: 'finance@sample.example',
  aims_and_values: 'agreed',
  guarantee: 'agreed',
  annual_fee: 'agreed',
});

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

/** Opens a form, fills it in with its hidden key, sends it, and follows the redirect. */
export async function send(address, fields) {
  const form = await read(address);
  const command = form.html.match(/name="command" value="([^"]*)"/)?.[1];
  const body = new URLSearchParams({ ...fields, ...(command && { command }) });
  const response = await fetch(address, { method: 'POST', body });
  const html = await response.text();
  if (!response.ok) throw new Error(`${address} answered ${response.status} to a form that is complete`);
  return { address: response.url, html };
}
