//! What the picture shows, in sentences: from a scenario and its evaluation to what stands above and below the charts.

mod captions;
mod headline;
mod limits;
mod sentence;
mod spread;

pub use captions::{backlog, response_summary, response_title, saturation_summary, saturation_title};
pub use headline::{headline, lead};
pub use limits::{bottleneck, first_limit};
pub use sentence::{Emphasis, Part, Sentence};
pub use spread::{spread_summary, spread_title};

#[cfg(test)]
mod tests;
