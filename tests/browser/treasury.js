// The screens of the treasurer's part of the staff area, with what there is to
// see on them: an invoice in each state, a fee run, a bank statement.

import { desk, screensOf, signIn } from './staff.js';
import { letter, read } from './visitor.js';

const STATEMENT = [
  'Date,Description,Paid in,Paid out',
  '24/11/2026,SAMPLE TREASURY SCHOOL INV,30.00,',
  '25/11/2026,SOMEBODY UNKNOWN,12.34,',
  '26/11/2026,RENT,,80.00',
].join('\n');

/** An invoice that the treasurer writes; the path of its page. */
const written = async ({ fill }, name, unit) => {
  const path = '/staff/invoices/new/';
  const fields = {
    name,
    address: '1 Sample Street\nLondon',
    contact: 'Robin Finance',
    email: 'treasury@sample.example',
    income: 'bespoke-assignments',
    description: 'A day of bespoke support',
    from: '2 November 2026',
    quantity: '1',
    unit,
  };
  return (await fill(path, path, fields)).path;
};

/** Every screen of the treasurer's, and the pages of the invoices behind it. */
export async function treasury(origin) {
  const session = await signIn(origin, 'treasurer');
  const treasurer = desk(origin, session);
  const open = await written(treasurer, 'Sample Treasury School', '120.00');
  const credited = await written(treasurer, 'Sample Credited School', '80.00');
  await treasurer.fill(credited, `${credited}credit/`, { credit_sum: '20.00', credit_reason: 'One hour fewer' });
  const gone = await written(treasurer, 'Sample Void School', '5.00');
  await treasurer.fill(gone, `${gone}void/`, { void_reason: 'Written twice' });
  await treasurer.fill('/staff/bank/', '/staff/bank/', { statement: STATEMENT });
  const line = (await treasurer.get('/staff/bank/')).match(/href="(\/staff\/bank\/[0-9a-f]+\/)"/)[1];
  const number = open.split('/').at(-2);
  await treasurer.fill(line, `${line}match/`, { parts: `${number} 30.00` });
  const waiting = (await treasurer.get('/staff/bank/')).match(/href="(\/staff\/bank\/[0-9a-f]+\/)"/)[1];
  const paid = await written(treasurer, 'Sample Paying School', '64.00');
  const link = await letter(origin, 'treasury@sample.example', paid.split('/').at(-2));
  const provider = await fetch(link, { method: 'POST', redirect: 'manual' });
  await fetch(provider.headers.get('location'), { method: 'POST' });
  await treasurer.fill(paid, `${paid}refund/`, { refund_sum: '4.00', refund_reason: 'Ten minutes fewer', refund_way: 'card' });
  const payment = (await treasurer.get(paid)).match(/href="(\/staff\/payments\/[^"]+)"/)[1];
  const run = (await treasurer.get('/staff/fee-runs/')).match(/href="(\/staff\/fee-runs\/[^"]+)"/g).at(-1).slice(6, -1);
  const screen = screensOf(origin, session);
  const owed = await letter(origin, 'treasury@sample.example', `invoice ${number}.`);
  const page = (name, address) => ({ name, kind: 'form', status: 200, address, open: (tab) => tab.goto(address) });
  if ((await read(owed)).status !== 200) throw new Error(`${owed} does not open the invoice`);
  return [
    screen('/staff/invoices/'),
    screen('/staff/invoices/?which=all', { name: '/staff/invoices/ all' }),
    screen('/staff/invoices/new/'),
    screen('/staff/invoices/new/', { name: '/staff/invoices/new/ left empty', form: 'new/', status: 422, fill: { unit: 'lots' } }),
    screen(open, { name: '/staff/invoices/… paid in part' }),
    screen(credited, { name: '/staff/invoices/… credited in part' }),
    screen(credited, { name: '/staff/invoices/… credited too much', form: 'credit/', status: 422, fill: { credit_sum: '500.00', credit_reason: 'x' } }),
    screen(gone, { name: '/staff/invoices/… void' }),
    screen(paid, { name: '/staff/invoices/… refunded in part' }),
    screen(payment, { name: '/staff/payments/…' }),
    screen('/staff/fee-runs/'),
    screen(run, { name: '/staff/fee-runs/…' }),
    screen(run, { name: '/staff/fee-runs/… too early to freeze', form: 'freeze/', status: 422 }),
    screen('/staff/bank/'),
    screen('/staff/bank/', { name: '/staff/bank/ left empty', form: 'bank/', status: 422 }),
    screen(line, { name: '/staff/bank/… matched' }),
    screen(waiting, { name: '/staff/bank/… waiting' }),
    screen('/staff/refunds/'),
    screen('/staff/ledger/'),
    page('/invoices/… paid in part', owed),
    page('/invoices/… refunded in part', link),
  ];
}
