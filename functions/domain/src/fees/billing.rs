//! How fees are billed: the associate's fee, VAT, the time to pay, reminders
//! and when a year's run is due. The prospectus is silent on all of it, so each
//! is a value of `content/fees.yaml` with its reason beside it.

use serde::{Deserialize, Serialize};

use crate::calendar::Days;
use crate::money::Pence;

/// How fees are billed. The schedule of a site that does not say has the
/// defaults of the domain: no VAT, 30 days, reminders after 1, 14 and 30 days.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Billing {
    /// What an associate pays.
    pub associate: Associate,
    /// Whether VAT is charged.
    pub vat: Vat,
    /// How long a school has to pay.
    pub payment_terms: PaymentTerms,
    /// When a school is reminded.
    pub reminders: Reminders,
    /// How long before a period begins its fee may be invoiced.
    pub fee_run: Days,
}

/// What an associate pays for a year; unset, the treasurer quotes by hand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Associate {
    /// The sum, if one is set.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pence: Option<Pence>,
    /// Where the rule stands.
    pub source: String,
}

/// Whether VAT is charged, and how.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "UncheckedVat")]
pub struct Vat {
    /// How supplies are treated.
    pub treatment: VatTreatment,
    /// The rate in whole per cent; only where the treatment is `standard`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub percent: Option<u32>,
    /// Whether prices are before or with VAT; only where it is charged.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub prices: Option<Prices>,
    /// Where the rule stands.
    pub source: String,
}

/// How supplies are treated for VAT.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum VatTreatment {
    /// THE Partnership is not registered: nothing may be called VAT.
    NotRegistered,
    /// The supply is exempt.
    Exempt,
    /// The supply is outside the scope of VAT.
    OutsideScope,
    /// The standard rate is charged.
    Standard,
}

/// Whether a price has VAT in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Prices {
    /// VAT is added to it.
    BeforeVat,
    /// VAT is part of it.
    WithVat,
}

/// How long a school has to pay.
pub type PaymentTerms = Days;

/// When a school is reminded, in days after the day that an invoice was due.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reminders {
    /// The days, the first reminder first.
    pub days_after: Vec<u32>,
    /// Where the rule stands.
    pub source: String,
}

impl Default for Billing {
    fn default() -> Billing {
        let source = || "our default, for a schedule without `billing`".to_owned();
        let days = |days| Days {
            days,
            source: source(),
        };
        Billing {
            associate: Associate {
                pence: None,
                source: source(),
            },
            vat: Vat {
                treatment: VatTreatment::NotRegistered,
                percent: None,
                prices: None,
                source: source(),
            },
            payment_terms: days(30),
            reminders: Reminders {
                days_after: vec![1, 14, 30],
                source: source(),
            },
            fee_run: days(30),
        }
    }
}

impl Vat {
    /// What is charged for a price, and how much of it is VAT: the price as
    /// it is charged, and the tax in it, rounded once, half up.
    ///
    /// None beyond any ledger.
    #[must_use]
    pub fn charge(&self, price: Pence) -> Option<(Pence, Pence)> {
        let Some(percent) = self.percent.filter(|_| self.is_charged()) else {
            return Some((price, Pence::ZERO));
        };
        let percent = u64::from(percent);
        match self.prices {
            Some(Prices::WithVat) => Some((price, price.share(percent, 100 + percent)?)),
            _ => {
                let tax = price.share(percent, 100)?;
                Some((price.plus(tax), tax))
            }
        }
    }

    /// Whether a supply has VAT on it.
    #[must_use]
    pub fn is_charged(&self) -> bool {
        self.treatment == VatTreatment::Standard
    }
}

impl VatTreatment {
    /// What an invoice says where no VAT is on it.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            VatTreatment::NotRegistered => "We are not registered for VAT, and charge none.",
            VatTreatment::Exempt => "This supply is exempt from VAT.",
            VatTreatment::OutsideScope => "This supply is outside the scope of VAT.",
            VatTreatment::Standard => "VAT is charged at the standard rate.",
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct UncheckedVat {
    treatment: VatTreatment,
    #[serde(default)]
    percent: Option<u32>,
    #[serde(default)]
    prices: Option<Prices>,
    source: String,
}

/// Why the VAT of a schedule makes no sense.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum VatError {
    /// The rate of VAT that is charged is not said.
    #[error(
        "`treatment: standard` needs `percent` (the rate, from 1 to 100) and `prices` (`before-vat` or `with-vat`)"
    )]
    NoRate,
    /// A rate without VAT.
    #[error("`percent` and `prices` belong to `treatment: standard` alone: leave them out")]
    NeedlessRate,
}

impl TryFrom<UncheckedVat> for Vat {
    type Error = VatError;

    fn try_from(file: UncheckedVat) -> Result<Vat, VatError> {
        let UncheckedVat {
            treatment,
            percent,
            prices,
            source,
        } = file;
        let is_said =
            percent.is_some_and(|percent| (1..=100).contains(&percent)) && prices.is_some();
        match treatment {
            VatTreatment::Standard if !is_said => Err(VatError::NoRate),
            VatTreatment::Standard => Ok(()),
            _ if percent.is_some() || prices.is_some() => Err(VatError::NeedlessRate),
            _ => Ok(()),
        }?;
        Ok(Vat {
            treatment,
            percent,
            prices,
            source,
        })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::Vat;
    use crate::money::Pence;

    fn vat(value: Value) -> Result<Vat, String> {
        serde_json::from_value(value).map_err(|error| error.to_string())
    }

    #[test]
    fn vat_is_added_to_a_price_before_it_and_found_in_a_price_with_it() {
        let charge = |prices: &str, price: u64| {
            let vat = vat(
                json!({ "treatment": "standard", "percent": 20, "prices": prices, "source": "s" }),
            );
            vat.unwrap()
                .charge(Pence::new(price))
                .map(|(total, tax)| (total.get(), tax.get()))
        };
        assert_eq!(charge("before-vat", 87_500), Some((105_000, 17_500)));
        assert_eq!(charge("with-vat", 105_000), Some((105_000, 17_500)));
        assert_eq!(charge("before-vat", 3), Some((4, 1)));
        assert_eq!(charge("with-vat", 3), Some((3, 1)));
    }

    #[test]
    fn no_vat_is_reckoned_until_the_treatment_says_standard() {
        for treatment in ["not-registered", "exempt", "outside-scope"] {
            let vat = vat(json!({ "treatment": treatment, "source": "s" })).unwrap();
            assert_eq!(
                vat.charge(Pence::new(87_500)),
                Some((Pence::new(87_500), Pence::ZERO))
            );
        }
    }

    #[test]
    fn a_rate_is_said_where_vat_is_charged_and_nowhere_else() {
        let missing = vat(json!({ "treatment": "standard", "source": "s" })).unwrap_err();
        assert!(missing.contains("needs `percent`"), "{missing}");
        let needless = vat(json!({ "treatment": "exempt", "percent": 20, "source": "s" }));
        assert!(needless.unwrap_err().contains("leave them out"));
    }
}
