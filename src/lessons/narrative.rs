//! What the picture shows, in sentences: from a scenario and its evaluation to what stands above and below the charts.

mod captions;
mod headline;
mod limits;
mod sentence;
mod spread;
mod staleness;

pub use captions::{backlog, response_summary, response_title, saturation_summary, saturation_title};
pub use headline::{headline, lead};
pub use limits::{bottleneck, first_limit};
pub use sentence::{Emphasis, Origin, Part, Sentence};
pub use spread::{spread_summary, spread_title};
pub use staleness::{staleness_summary, staleness_title};

#[cfg(test)]
mod asked;
#[cfg(test)]
mod tests;
