//! What the first load weighs.

use std::fmt;

use anyhow::{Result, bail};

use super::Site;

/// What the first load may weigh at most, compressed, in bytes. Where new code is of no use to the first picture and the main job,
/// `cargo xtask profile` takes it out again.
pub const LIMIT: usize = 150 * 1024;

/// The files of the first load with their sizes.
#[derive(Debug)]
pub struct Weights {
    first: Vec<Weight>,
    /// What comes when somebody is there, compressed, in bytes.
    after: usize,
}

#[derive(Debug)]
struct Weight {
    path: String,
    plain: usize,
    brotli: usize,
}

impl Site {
    /// Weighs the first load.
    ///
    /// # Errors
    /// When the page names a file that is not there.
    pub fn weigh(&self) -> Result<Weights> {
        let first = self.first_load()?;
        let after = self.paths().filter(|path| path.contains("-rest-") && !first.contains(path));
        let after = after.filter_map(|path| self.file(path)).map(|(_, body)| body.brotli().len()).sum();
        let files = first.into_iter().filter_map(|path| self.file(path));
        let weigh = |(path, body): (&str, &super::Body)| Weight {
            path: path.to_owned(),
            plain: body.plain().len(),
            brotli: body.brotli().len(),
        };
        Ok(Weights { first: files.map(weigh).collect(), after })
    }
}

impl Weights {
    /// All files together, compressed, in bytes.
    #[must_use]
    pub fn total(&self) -> usize {
        self.first.iter().map(|weight| weight.brotli).sum()
    }

    /// Holds the site to its [`LIMIT`].
    ///
    /// # Errors
    /// When the first load weighs more; the message says how much.
    pub fn check(&self) -> Result<()> {
        if self.total() > LIMIT {
            bail!("the first load weighs {}, the limit is {}", kib(self.total()), kib(LIMIT));
        }
        Ok(())
    }
}

impl fmt::Display for Weights {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{:44} {:>11} {:>11}", "first load", "plain", "brotli")?;
        for weight in &self.first {
            writeln!(f, "{:44} {:>11} {:>11}", weight.path, kib(weight.plain), kib(weight.brotli))?;
        }
        let plain = self.first.iter().map(|weight| weight.plain).sum();
        writeln!(
            f,
            "{:44} {:>11} {:>11}  the limit is {}",
            "in all",
            kib(plain),
            kib(self.total()),
            kib(LIMIT)
        )?;
        write!(f, "{:44} {:>11} {:>11}", "the rest, when somebody is there", "", kib(self.after))
    }
}

fn kib(bytes: usize) -> String {
    format!("{:.1} KiB", bytes as f64 / 1024.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page_with(bytes: usize) -> Weights {
        let mut site = Site::default();
        site.put("index.html", b"<script src=\"a.js\"></script>".to_vec());
        // A sequence that brotli cannot shorten.
        let mut state = 1_u32;
        let noise = (0..bytes).map(|_| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 24) as u8
        });
        site.put("a.js", noise.collect());
        site.weigh().unwrap()
    }

    #[test]
    fn the_limit_is_kept_up_to_its_last_kibibyte() {
        assert!(page_with(LIMIT - 1024).check().is_ok());
        let error = page_with(LIMIT + 1024).check().unwrap_err().to_string();
        assert!(error.contains("the limit is 150.0 KiB"), "{error}");
    }

    #[test]
    fn the_table_names_every_file_and_the_sum() {
        let table = page_with(2048).to_string();
        for part in ["index.html", "a.js", "2.0 KiB", "in all", "the limit is 150.0 KiB", "the rest"] {
            assert!(table.contains(part), "{part} in {table}");
        }
    }
}
