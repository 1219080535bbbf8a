//! When an invoice is reminded of.

use jiff::civil::Date;

use super::Invoice;
use crate::fees::Reminders;

impl Invoice {
    /// The reminder that is due today, in days after the day it was due: the
    /// latest whose day has come, unless it or a later one went. A run that
    /// comes late sends one reminder, not three.
    #[must_use]
    pub fn reminder(&self, rules: &Reminders, today: Date) -> Option<u32> {
        if !self.is_open() {
            return None;
        }
        let late = (today - self.due_on).get_days();
        let late = u32::try_from(late).ok()?;
        let went = self.reminded.iter().max();
        let mut due = rules.days_after.iter().copied().filter(|day| *day <= late);
        let latest = due.by_ref().max()?;
        went.is_none_or(|went| *went < latest).then_some(latest)
    }
}
