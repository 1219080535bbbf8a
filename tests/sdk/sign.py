"""Signs and verifies webhooks with Stripe's library for Python: takes cases as
JSON on the standard input, and answers each with a header or a verdict."""

import json
import sys

import stripe


def answer(case):
    body, secret = case["body"], case["secret"]
    if case.get("sign"):
        signed = f"{case['sign']}.{body}"
        digest = stripe.WebhookSignature._compute_signature(signed, secret)
        return f"t={case['sign']},{stripe.WebhookSignature.EXPECTED_SCHEME}={digest}"
    try:
        return stripe.Webhook.construct_event(
            body, case["header"], secret, case["tolerance"]
        ).id
    except (ValueError, stripe.SignatureVerificationError) as error:
        return f"refused: {error}"


json.dump([answer(case) for case in json.load(sys.stdin)], sys.stdout)
