//! What Stripe keeps of a payment: settings, as published for an account in
//! the United Kingdom in 2026. An account's own contract may say otherwise.

use super::session::Method;

/// Of a payment by a standard UK card: 1.5 % and 20p.
const CARD: Fee = Fee {
    basis_points: 150,
    fixed: 20,
    most: i64::MAX,
    least: 0,
};

/// Of a Bacs Direct Debit: 1 %, at least 20p and at most £2.
const BACS_DEBIT: Fee = Fee {
    basis_points: 100,
    fixed: 0,
    most: 200,
    least: 20,
};

/// For a dispute, whoever wins: £20.
pub(super) const DISPUTE: i64 = 2_000;

/// How long until a payment can be paid out, in seconds: three days.
pub(super) const UNTIL_AVAILABLE: i64 = 3 * 24 * 60 * 60;

struct Fee {
    basis_points: i64,
    fixed: i64,
    most: i64,
    least: i64,
}

/// What Stripe keeps of `amount`, in the currency's smallest unit, rounded
/// half up. It gives none of it back with a refund.
pub(super) fn of(amount: i64, method: Method) -> i64 {
    let fee = match method {
        Method::Card => CARD,
        Method::BacsDebit => BACS_DEBIT,
    };
    let share = (amount * fee.basis_points + 5_000) / 10_000;
    (share + fee.fixed).clamp(fee.least, fee.most)
}

#[cfg(test)]
mod tests {
    use super::{Method, of};

    #[test]
    fn a_fee_is_a_share_and_a_fixed_sum_rounded_half_up() {
        // 4,500 × 1.5 % = 67.5
        assert_eq!(of(4_500, Method::Card), 88);
        assert_eq!(of(9_000, Method::Card), 155);
        assert_eq!(of(208_333, Method::BacsDebit), 200);
        assert_eq!(of(10_000, Method::BacsDebit), 100);
        assert_eq!(of(500, Method::BacsDebit), 20);
    }
}
