//! What the prospectus leaves open about membership, as
//! `content/membership.yaml` states it, each with its reason beside it.

use serde::{Deserialize, Serialize};

use crate::calendar::Days;

/// How long things take.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MembershipRules {
    /// How long an application is kept that nobody goes on with.
    pub draft: Days,
    /// How long before that its applicant is reminded.
    pub reminder: Days,
}

/// For a site whose content does not say.
impl Default for MembershipRules {
    fn default() -> MembershipRules {
        let days = |days| Days {
            days,
            source: "our default, for a site without membership.yaml".to_owned(),
        };
        MembershipRules {
            draft: days(30),
            reminder: days(5),
        }
    }
}
