//! The page's program in two: what the first picture and the main job take, and the rest, which comes when somebody is there.
//!
//! `split/later.txt` names the functions that ran for neither of the first two; `cargo xtask profile` writes it. Nothing breaks where the list is old: a function that it does not know is fetched with the first, and one that it
//! names in vain is fetched while the page waits, which `public/boot.js` tells and a browser test forbids.

mod anew;
mod constants;
mod cut;
mod order;
mod profile;
mod program;
mod watch;

use std::collections::BTreeSet;

pub(super) use cut::{Halves, cut};
pub(super) use order::ordered;
pub use profile::Profile;

/// The list.
const LATER: &str = include_str!("split/later.txt");

/// The functions of the rest.
pub(super) struct Later(BTreeSet<&'static str>);

impl Later {
    /// As the list has them.
    pub(super) fn known() -> Self {
        Self(LATER.lines().collect())
    }

    /// Whether a function is one of them.
    pub(super) fn has(&self, function: &str) -> bool {
        self.0.contains(lasting(function).as_str())
    }
}

/// A function's name without what tells one build of a crate from another: `crate[0123456789abcdef]::function`.
fn lasting(function: &str) -> String {
    let is_build = |piece: &str| piece.len() > 8 && piece.bytes().all(|byte| byte.is_ascii_hexdigit());
    let mut name = String::new();
    let mut rest = function;
    while let Some((before, after)) = rest.split_once('[') {
        name += before;
        rest = match after.split_once(']') {
            Some((piece, after)) if is_build(piece) => after,
            _ => {
                name.push('[');
                after
            }
        };
    }
    name + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_lasts_from_build_to_build() {
        assert_eq!(lasting("core[c5930c85a12de822]::fmt::<[u8]>::f[1]"), "core::fmt::<[u8]>::f[1]");
        assert_eq!(
            lasting("<alloc[3ca501edff3f0c7c]::vec::Vec<core[c5930c85a12de822]::A>>"),
            "<alloc::vec::Vec<core::A>>"
        );
        assert_eq!(lasting("odd[1"), "odd[1");
    }
}
