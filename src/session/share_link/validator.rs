//! Checks decoded values against [`limits`](crate::scenario::limits), before they become quantities of a
//! scenario.

use std::ops::RangeInclusive;

use super::{FieldPath, LinkError, LinkField, LinkSection, SharedState};
use crate::units::Time;

/// A value outside its limits.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::session) struct ValidationError {
    pub(super) path: FieldPath,
    pub(super) value: String,
    pub(super) rule: String,
}

impl ValidationError {
    /// Returns the error to report, with the whole content.
    pub(in crate::session) fn into_link_error(self, shared: SharedState) -> LinkError {
        let Self { path, value, rule } = self;
        LinkError::Invalid { path, value, rule, salvage: Some(Box::new(shared)) }
    }
}

/// Checks the values of one scenario, and keeps the first error.
#[derive(Debug)]
pub(super) struct Validator {
    section: LinkSection,
    /// The index of the step whose values are checked, if they belong to a step.
    pub(super) step: Option<usize>,
    error: Option<ValidationError>,
}

impl Validator {
    pub(super) fn new(section: LinkSection) -> Self {
        Self { section, step: None, error: None }
    }

    pub(super) fn into_error(self) -> Option<ValidationError> {
        self.error
    }

    /// Records an error, unless there was one before.
    pub(super) fn report(&mut self, field: LinkField, value: String, rule: String) {
        let path = FieldPath { section: self.section, step: self.step, field };
        self.error.get_or_insert(ValidationError { path, value, rule });
    }

    /// Checks a whole number of some unit; the unit, with a space before it, is for the message.
    pub(super) fn check_count<T: Copy + Into<u64>>(
        &mut self,
        field: LinkField,
        count: T,
        limits: &RangeInclusive<T>,
        unit: &str,
    ) {
        let count = count.into();
        let [min, max] = [*limits.start(), *limits.end()].map(Into::into);
        if !(min..=max).contains(&count) {
            self.report(field, format!("{count}{unit}"), format!("from {min} to {max}{unit}"));
        }
    }

    /// Checks a time in microseconds.
    pub(super) fn check_time(&mut self, field: LinkField, micros: u64, limits: &RangeInclusive<Time>) {
        if !limits.contains(&Time::from_micros(micros)) {
            let millis = |micros: u64| {
                let text = format!("{}.{:03}", micros / 1_000, micros % 1_000);
                text.trim_end_matches('0').trim_end_matches('.').to_owned()
            };
            let [min, max] = [limits.start(), limits.end()].map(|end| millis(end.micros()));
            self.report(field, format!("{} ms", millis(micros)), format!("from {min} to {max} ms"));
        }
    }
}
