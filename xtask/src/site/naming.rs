//! Names of files that hold a hash of what is in them, and the places where they stand.

use anyhow::{Result, bail};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha384};

/// A name that holds a hash of what is in the file.
pub(super) fn named(stem: &str, bytes: &[u8], ending: &str) -> String {
    let hash = Sha384::digest(bytes).iter().take(8).fold(0, |hash: u64, byte| hash << 8 | u64::from(*byte));
    format!("{stem}-{hash:016x}.{ending}")
}

/// What a browser is told to hold a file to.
pub(super) fn integrity(bytes: &[u8]) -> String {
    format!("sha384-{}", STANDARD.encode(Sha384::digest(bytes)))
}

/// The text with the one place replaced that stands for something.
pub(super) fn replaced(text: &str, place: &str, by: &str) -> Result<String> {
    if text.matches(place).count() != 1 {
        bail!("`{place}` must stand once where it is named, it stands {} times", text.matches(place).count());
    }
    Ok(text.replacen(place, by, 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_follows_the_content() {
        assert_ne!(named("simulation", b"a", "js"), named("simulation", b"b", "js"));
        assert!(named("simulation", b"a", "js").starts_with("simulation-"));
    }

    #[test]
    fn the_integrity_of_nothing_is_that_of_the_standard() {
        let nothing = "sha384-OLBgp1GsljhM2TJ+sbHjaiH9txEUvgdDTAzHv2P24donTt6/529l+9Ua0vFImLlb";
        assert_eq!(integrity(b""), nothing);
    }

    #[test]
    fn what_stands_for_a_name_is_replaced_once_or_it_is_an_error() {
        assert_eq!(replaced("import './a.js'", "a.js", "a-1.js").unwrap(), "import './a-1.js'");
        for text in ["nothing", "a.js a.js"] {
            assert!(replaced(text, "a.js", "a-1.js").is_err(), "{text}");
        }
    }
}
