// Signs and verifies webhooks with Stripe's library for Node.js: takes cases as
// JSON on the standard input, and answers each with a header or a verdict.
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';

const Stripe = createRequire(`${process.argv[2]}/`)('stripe');
const { webhooks } = new (Stripe.default ?? Stripe)('sk_test_signatures');

const answer = ({ sign, body, secret, header, tolerance }) => {
  if (sign) return webhooks.generateTestHeaderString({ payload: body, secret, timestamp: sign });
  try {
    return webhooks.constructEvent(body, header, secret, tolerance).id;
  } catch (error) {
    return `refused: ${error.message}`;
  }
};

const cases = JSON.parse(readFileSync(0, 'utf8'));
process.stdout.write(JSON.stringify(cases.map(answer)));
