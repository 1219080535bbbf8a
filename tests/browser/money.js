// The money, in a browser without JavaScript: a finance contact pays an invoice
// by card (journey A5), and the treasurer runs the fees of a year (journey T1).

import { desk, signIn } from './staff.js';
import { letter } from './visitor.js';

const LIST = [
  'category,name,joined on,contact name,contact email,urn,address,pupils,finance name,finance email',
  'full,Journey Weavers School,10 January 2018,Lee,lee@weavers.example,900021,1 Loom Lane,420,Fran,fran@weavers.example',
  'full,Journey Silk School,10 January 2018,Sam,sam@silk.example,900022,2 Loom Lane,97,Flo,flo@silk.example',
].join('\n');

/** Signs the tab in as somebody of the staff. */
async function enter(tab, origin, person) {
  const session = await signIn(origin, person);
  await tab.context().addCookies([{ name: 'staff-session', value: session, url: origin }]);
  return session;
}

const main = async (tab) => (await tab.locator('main').innerText()).replace(/\s+/g, ' ');

async function expect(tab, words) {
  const text = await main(tab);
  if (!text.includes(words)) throw new Error(`${tab.url()} does not say “${words}”: ${text.slice(0, 600)}`);
}

async function press(tab, role, name) {
  await Promise.all([tab.waitForNavigation(), tab.locator('main').getByRole(role, { name }).first().click()]);
}

/** Opens a closed part of a page and fills its form in. */
async function fillPart(tab, summary, fields) {
  await tab.locator('summary', { hasText: summary }).click();
  for (const [name, value] of Object.entries(fields)) {
    const field = tab.locator(`main [name="${name}"]`);
    if ((await field.first().getAttribute('type')) === 'radio') await tab.locator(`main [name="${name}"][value="${value}"]`).check();
    else await field.fill(value);
  }
}

/** A5: receive the invoice, ask for another purchase order, pay, and have the receipt. */
export async function financeContact({ tab, origin }) {
  const treasurer = desk(origin, await signIn(origin, 'treasurer'));
  const path = '/staff/invoices/new/';
  const fields = {
    name: 'Journey Paying School', contact: 'Pat', email: 'pat@paying.example', income: 'traded-services',
    description: 'Moderation', from: '2 November 2026', quantity: '2', unit: '60.00',
  };
  const issued = await treasurer.fill(path, path, fields);
  const number = issued.path.split('/').at(-2);
  await tab.goto(await letter(origin, 'pat@paying.example', number));
  await expect(tab, 'Total £120.00');
  await tab.locator('main [name=purchase_order]').fill('PO-2026/77');
  await press(tab, 'button', 'Issue it again');
  await expect(tab, 'stands in place of this one');
  await press(tab, 'link', /^Invoice INV-\d+$/);
  await expect(tab, 'PO-2026/77');
  await press(tab, 'button', 'Pay £120.00');
  if (new URL(tab.url()).origin === origin) throw new Error(`the button to pay leads to ${tab.url()}, not to the provider`);
  await Promise.all([tab.waitForURL(`${origin}/**`), tab.getByRole('button', { name: /^pay £/i }).click()]);
  await expect(tab, 'This has been paid');
  await tab.goto(await letter(origin, 'pat@paying.example', 'We have received £120.00'));
  await expect(tab, 'Paid on');
}

/** T1: freeze, preview, issue; match card and bank; refund, credit; the ledger and its files. */
export async function treasurersYear({ tab, origin }) {
  const secretary = desk(origin, await signIn(origin, 'secretary'));
  const checked = await secretary.fill('/staff/members/import/', '/staff/members/import/', { list: LIST });
  if (!checked.html.includes('2 new members')) throw new Error(`the members cannot be brought in: ${checked.html.slice(0, 3000)}`);
  await secretary.send('/staff/members/import/commit/', { list: LIST });

  const session = await enter(tab, origin, 'treasurer');
  await tab.goto(`${origin}/staff/fee-runs/`);
  const year = new Date().getMonth() < 8 ? new Date().getFullYear() - 1 : new Date().getFullYear();
  await press(tab, 'link', `from 1 September ${year}`);
  await expect(tab, '420 pupils × £5.00');
  await press(tab, 'button', /^Freeze/);
  await expect(tab, 'Frozen on');
  await press(tab, 'button', /^Issue \d+ invoice/);
  await expect(tab, 'invoices are issued');

  const weavers = await letter(origin, 'fran@weavers.example', '£2,100.00');
  const silk = await letter(origin, 'flo@silk.example', '£485.00');
  const [of, other] = [weavers, silk].map((link) => link.split('/').at(-3));
  await tab.goto(`${origin}/staff/bank/`);
  const statement = `Date,Details,Amount\n${new Date().toISOString().slice(0, 10)},WEAVERS ${of},2100.00`;
  await tab.locator('main [name=statement]').fill(statement);
  await press(tab, 'button', 'Bring it in');
  await press(tab, 'button', `is for ${of}`);
  await expect(tab, 'It pays');

  await tab.goto(`${origin}/staff/invoices/${of}/`);
  await expect(tab, 'Paid by bank transfer');
  await fillPart(tab, 'Give money back', {
    refund_sum: '100.00', refund_reason: 'Twenty pupils fewer', refund_way: 'bank',
    refunded_on: new Date().toISOString().slice(0, 10),
  });
  await press(tab, 'button', 'Give it back');
  await expect(tab, 'Refunded in part');
  await tab.goto(`${origin}/staff/invoices/${other}/`);
  await fillPart(tab, 'Ask for less', { credit_sum: '85.00', credit_reason: 'Seventeen pupils fewer' });
  await press(tab, 'button', 'Issue the credit note');
  await expect(tab, 'Owed £400.00');
  await tab.goto(silk);
  await expect(tab, 'Pay £400.00');

  await tab.goto(`${origin}/staff/invoices/`);
  await expect(tab, 'How old is what is owed?');
  await expect(tab, other);
  await tab.goto(`${origin}/staff/ledger/`);
  await expect(tab, 'on either side');
  const text = await main(tab);
  if (text.includes('they differ')) throw new Error('the trial balance is not nought');
  for (const file of ['/staff/ledger.csv', '/staff/income.csv', '/staff/invoices.csv']) {
    const answer = await fetch(origin + file, { headers: { cookie: `staff-session=${session}` } });
    const csv = await answer.text();
    if (!answer.ok || csv.split('\r\n').length < 2) throw new Error(`${file} holds nothing: ${csv.slice(0, 200)}`);
  }
}
