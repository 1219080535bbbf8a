// Drives the stand-in with Stripe's library for Node.js, from the page to the
// payout: takes the folder of the library, the stand-in's address and its key.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';

const [folder, address, key] = process.argv.slice(2);
const Stripe = createRequire(`${folder}/`)('stripe');
const { hostname, port } = new URL(address);
const stripe = new (Stripe.default ?? Stripe)(key, {
  host: hostname,
  port,
  protocol: 'http',
  maxNetworkRetries: 0,
  telemetry: false,
});
const press = (path) => fetch(new URL(path, address), { method: 'POST', redirect: 'manual' });

const order = {
  mode: 'payment',
  payment_method_types: ['card', 'bacs_debit'],
  line_items: [
    { quantity: 1, price_data: { currency: 'gbp', unit_amount: 4500, product_data: { name: 'A place' } } },
  ],
  client_reference_id: 'PAY-1',
  payment_intent_data: { metadata: { payment: 'PAY-1' } },
  success_url: 'http://localhost/paid',
  cancel_url: 'http://localhost/',
};

// A page is made once for its key, read, and paid on.
const once = { idempotencyKey: 'attempt-1' };
const made = await stripe.checkout.sessions.create(order, once);
assert.equal((await stripe.checkout.sessions.create(order, once)).id, made.id);
assert.equal(made.payment_status, 'unpaid');
await assert.rejects(
  stripe.checkout.sessions.create({ ...order, client_reference_id: 'PAY-2' }, once),
  { type: 'StripeIdempotencyError' },
);
assert.equal((await press(`/pay/${made.id}`)).status, 303);
const paid = await stripe.checkout.sessions.retrieve(made.id, { expand: ['payment_intent.latest_charge'] });
assert.equal(paid.payment_status, 'paid');
assert.equal(paid.payment_intent.status, 'succeeded');
const charge = paid.payment_intent.latest_charge;
assert.equal(charge.metadata.payment, 'PAY-1');
const found = await stripe.checkout.sessions.list({ payment_intent: paid.payment_intent.id });
assert.deepEqual(found.data.map((session) => session.id), [made.id]);

// Part goes back, then the rest, and no more.
const part = await stripe.refunds.create(
  { payment_intent: paid.payment_intent.id, amount: 1500, metadata: { command: 'c1' } },
  { idempotencyKey: 'c1' },
);
assert.equal(part.status, 'succeeded');
await assert.rejects(stripe.refunds.create({ charge: charge.id, amount: 3001 }), {
  message: /greater than unrefunded amount/,
  param: 'amount',
});
const rest = await stripe.refunds.create({ charge: charge.id });
assert.equal(rest.amount, 3000);
await assert.rejects(stripe.refunds.create({ charge: charge.id }), { code: 'charge_already_refunded' });
assert.equal((await stripe.charges.retrieve(charge.id)).refunded, true);
const refunds = await stripe.refunds.list({ charge: charge.id, limit: 1 }).autoPagingToArray({ limit: 10 });
assert.deepEqual(refunds.map((refund) => refund.id), [rest.id, part.id]);

// A page is closed once.
const other = await stripe.checkout.sessions.create(order);
assert.equal((await stripe.checkout.sessions.expire(other.id)).status, 'expired');
await assert.rejects(stripe.checkout.sessions.expire(other.id), { type: 'StripeInvalidRequestError' });

// A Direct Debit settles late, and is disputed.
const debit = await stripe.checkout.sessions.create(order);
await press(`/pay/${debit.id}/debit`);
const pending = await stripe.checkout.sessions.retrieve(debit.id);
assert.deepEqual([pending.status, pending.payment_status], ['complete', 'unpaid']);
const form = { method: 'POST', body: new URLSearchParams(), redirect: 'manual' };
await fetch(new URL(`/dashboard/payments/${debit.id}/clear`, address), form);
assert.equal((await stripe.checkout.sessions.retrieve(debit.id)).payment_status, 'paid');
await fetch(new URL(`/dashboard/payments/${debit.id}/dispute`, address), form);
const [dispute] = (await stripe.disputes.list({ payment_intent: pending.payment_intent })).data;
assert.equal((await stripe.disputes.retrieve(dispute.id)).status, 'needs_response');
await fetch(new URL(`/dashboard/disputes/${dispute.id}/win`, address), form);
assert.equal((await stripe.disputes.retrieve(dispute.id)).status, 'won');

// Everything was told, in order, and the balance adds up to what is paid out.
const events = await stripe.events.list({ limit: 100 });
assert.deepEqual(events.data.map((event) => event.type).reverse(), [
  'checkout.session.completed',
  'refund.created',
  'charge.refunded',
  'refund.created',
  'charge.refunded',
  'checkout.session.expired',
  'checkout.session.completed',
  'checkout.session.async_payment_succeeded',
  'charge.dispute.created',
  'charge.dispute.closed',
]);
assert.equal((await stripe.events.list({ delivery_success: false })).data.length, 0);
const lines = await stripe.balanceTransactions.list({ limit: 3 }).autoPagingToArray({ limit: 100 });
const net = lines.reduce((sum, line) => sum + line.net, 0);
// The card's fee (88p), the Direct Debit's (45p) and the dispute's (£20) are gone.
assert.equal(net, 4500 - 88 - 45 - 2000);
const balance = await stripe.balance.retrieve();
assert.equal(balance.available[0].amount + balance.pending[0].amount, net);
await fetch(new URL('/dashboard/payout', address), form);
const [payout] = (await stripe.payouts.list()).data;
assert.equal(payout.amount, net);
const went = await stripe.balanceTransactions.list({ payout: payout.id, type: 'payout', expand: ['data.source'] });
assert.equal(went.data[0].source.id, payout.id);
console.log('driven to the end');
