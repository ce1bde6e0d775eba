//! The accuracy of the values of an evaluation.

use super::{Accuracy, Explainer};
use crate::queueing::evaluation::{ResourceState, SolutionMethod};
use crate::scenario::{Placement, Step, Workload};
use crate::units::Variability;

impl Explainer<'_> {
    /// Returns the accuracy of the chain's mean times. The errors are the largest seen against exact
    /// solutions and simulations: `tests/it/reference` and `tests/it/theory_meets_simulation`.
    pub(super) fn chain_accuracy(&self) -> Accuracy {
        let workers = self.scenario.workers.count();
        let waited_for = || self.scenario.steps.iter().filter(|step| step.placement.blocks_caller());
        let parallel = waited_for().any(|step| step.placement == Placement::Parallel);
        let irregular = waited_for().any(|step| step.variability != Variability::EXPONENTIAL);
        let given_up = waited_for().any(|step| step.attempts.timeout.is_some());
        let pool_full = match self.scenario.workload {
            Workload::Closed { users, .. } => users.count() > workers,
            Workload::Open { .. } => true,
        };
        let single_user =
            matches!(self.scenario.workload, Workload::Closed { users, .. } if users.count() <= 1);
        let errors = [
            (true, self.irregular_error()),
            (parallel || given_up, 0.05),
            (
                pool_full || self.evaluation.engine == SolutionMethod::FixedPopulationMean,
                if irregular { 0.04 } else { 0.03 },
            ),
        ];
        let error =
            errors.into_iter().filter(|(applies, _)| *applies && !single_user).map(|(_, error)| error);
        match error.fold(0.0, f64::max) {
            0.0 => Accuracy::Exact,
            error => Accuracy::Approximation { error },
        }
    }

    /// Returns the error due to services that are not exponential and can have a queue.
    fn irregular_error(&self) -> f64 {
        let can_queue = |step: &Step| step.servers.count() < self.scenario.workers.count();
        let error = |(index, step): (usize, &Step)| {
            if !step.placement.blocks_caller()
                || !can_queue(step)
                || step.variability == Variability::EXPONENTIAL
            {
                return 0.0;
            }
            let full = match self.evaluation.resources[index + 1].state {
                ResourceState::Steady { utilization, .. } => utilization.share() > 0.75,
                ResourceState::Growing { .. } => true,
            };
            match (step.variability.squared() > 4.0, full) {
                (false, false) => 0.03,
                (false, true) | (true, false) => 0.12,
                (true, true) => 0.3,
            }
        };
        self.scenario.steps.iter().enumerate().map(error).fold(0.0, f64::max)
    }

    /// Returns the accuracy of values that follow from the throughput alone, which errs less than times do.
    pub(super) fn flow_accuracy(&self) -> Accuracy {
        match (self.scenario.workload, self.chain_accuracy()) {
            (Workload::Open { .. }, _) if self.steady().is_some() => Accuracy::Exact,
            (_, Accuracy::Approximation { error }) => {
                Accuracy::Approximation { error: error.min((0.5 * error).max(0.03)) }
            }
            (_, accuracy) => accuracy,
        }
    }

    /// Returns the accuracy of percentiles: two moments do not fix a tail, and the waits are taken as
    /// independent.
    ///
    /// With services that vary less than exponential ones the error is largest where workers are about to
    /// fill; a long queue before them makes it small again. The errors are the largest seen in simulations of
    /// closed workloads.
    pub(super) fn percentile_accuracy(&self) -> Accuracy {
        let any = |predicate: fn(&Variability) -> bool| {
            let waited_for = self.scenario.steps.iter().filter(|step| step.placement.blocks_caller());
            waited_for.map(|step| &step.variability).any(predicate)
        };
        let chain = match self.chain_accuracy() {
            Accuracy::Approximation { error } => error,
            _ => 0.0,
        };
        let closed = matches!(self.scenario.workload, Workload::Closed { .. });
        let error = if any(|variability| *variability > Variability::EXPONENTIAL) {
            if chain > 0.0 && chain < 0.1 { 0.1 } else { 0.3 }
        } else if chain <= 0.0 {
            0.03
        } else if closed && any(|variability| *variability < Variability::EXPONENTIAL) {
            let in_line = self.steady().is_some_and(|steady| steady.pool_wait > steady.response_time * 0.5);
            let few = if self.scenario.workers.count() < 10 { 2.0 } else { 1.0 };
            few * if in_line { 0.1 } else { 0.25 }
        } else if chain <= 0.03 {
            0.06
        } else {
            0.15
        };
        Accuracy::Approximation { error }
    }
}
