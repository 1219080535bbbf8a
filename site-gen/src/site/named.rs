//! Pages by the names of their files alone: a page that is not where a link
//! looks for it is most often in another folder, under the name that it had.

use super::Site;
use crate::address;
use crate::page::Document;
use crate::revision::digest;

impl<'d> Site<'d> {
    /// The first page whose file is called so, whatever its folder.
    pub(crate) fn named(&self, name: &str) -> Option<&'d Document> {
        let names = self.names.get_or_init(|| {
            let shown = self.shown.iter().rev();
            let name = |index: &u32| address::divide(&self.get(*index).document().path).1;
            // The first in order is put last, and stays.
            shown.map(|index| (digest(name(index)), *index)).collect()
        });
        let found = self.get(*names.get(&digest(name))?).document();
        (address::divide(&found.path).1 == name).then_some(found)
    }
}
