//! Chance that is the same for the same seed.

/// `splitmix64`: every seed gives another sequence, and all of them are good
/// enough to choose steps by.
pub struct Random(u64);

impl Random {
    pub fn of(seed: u64) -> Random {
        Random(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15))
    }

    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number below `most`.
    pub fn below(&mut self, most: u64) -> u64 {
        self.next() % most.max(1)
    }

    /// One of some; none of none.
    pub fn one_of<T: Clone>(&mut self, some: &[T]) -> Option<T> {
        let most = u64::try_from(some.len()).unwrap();
        let at = usize::try_from(self.below(most)).unwrap();
        some.get(at).cloned()
    }

    /// A part of a sum, from a penny to all of it.
    pub fn part(&mut self, pence: domain::money::Pence) -> domain::money::Pence {
        domain::money::Pence::new(1 + self.below(pence.get()))
    }
}
