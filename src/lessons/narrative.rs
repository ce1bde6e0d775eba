//! Sentences about a scenario and its evaluation: headline, chart titles, and chart summaries for screen
//! readers.

mod captions;
mod distribution;
mod headline;
mod limits;
mod sentence;
mod staleness;

pub use captions::{
    describe_backlog, response_summary, response_title, saturation_summary, saturation_title,
};
pub use distribution::{distribution_summary, distribution_title};
pub use headline::{headline, lead};
pub use limits::{bottleneck, first_limit};
pub use sentence::{Emphasis, Sentence, TextSpan, ValueOrigin};
pub use staleness::{staleness_summary, staleness_title};

#[cfg(test)]
mod explained_numbers;
#[cfg(test)]
mod tests;
