//! Deciding again, when somebody else was first.

use std::time::{Duration, Instant};

use super::StoreError;

/// After this long a person is told to try again; the gateway gives up at 30 s.
const PATIENCE: Duration = Duration::from_secs(8);
/// The most that is waited between two tries.
const LONGEST: Duration = Duration::from_millis(400);

/// Tries at one change of state, each a little later than the one before it,
/// by a random time, so that those who met once do not meet again.
#[derive(Debug)]
pub struct Tries {
    begun: Instant,
    made: u32,
}

impl Tries {
    /// Begins to count.
    #[must_use]
    pub fn begin() -> Tries {
        Tries {
            begun: Instant::now(),
            made: 0,
        }
    }

    /// Waits before the next try.
    ///
    /// # Errors
    ///
    /// [`StoreError::Busy`] when there has been enough of it.
    pub async fn again(&mut self) -> Result<(), StoreError> {
        if self.begun.elapsed() >= PATIENCE {
            return Err(StoreError::Busy);
        }
        self.made += 1;
        let longest = LONGEST.min(Duration::from_millis(5).saturating_mul(1 << self.made.min(8)));
        let share = u32::from(crate::entropy::bytes::<1>()[0]);
        tokio::time::sleep(longest * share / 255).await;
        Ok(())
    }
}
