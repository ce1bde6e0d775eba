//! Title and summary of the staleness chart.

use super::{Sentence, ValueOrigin};
use crate::lessons::grammar::subject_in_sentence;
use crate::queueing::transients::disturbance::{Disturbance, END, EffectTransient, Transient};
use crate::scenario::Scenario;
use crate::units::format;
use crate::units::format::capitalize;

/// States the effect that is most stale, and its catch-up time after a disturbance.
pub fn staleness_title(
    scenario: &Scenario,
    transient: Option<&Transient>,
    disturbance: Disturbance,
) -> Sentence {
    let sentence = Sentence::default();
    let Some(transient) = transient else {
        return sentence.plain(
            "Without answers there is nothing to \
                                                                  publish",
        );
    };
    let Some((index, effect)) = most_stale_effect(transient) else {
        return sentence.plain("Every effect is there with the answer");
    };
    let worst = effect.worst().map_or_else(String::new, |worst| format::time(worst.staleness));
    let sentence = sentence.plain(capitalize(&effect_name(scenario, effect)));
    match (disturbance, effect.drained_at) {
        (Disturbance::Nothing, _) if is_growing(effect) => {
            sentence.plain(" is ").number("ever later".to_owned(), ValueOrigin::CatchUpTime(index))
        }
        (Disturbance::Nothing, _) => sentence
            .plain(" is done ")
            .number(worst, ValueOrigin::WorstStaleness(index))
            .plain(" after the answer, on average"),
        (_, Some(drained_at)) => sentence
            .plain(" is up to ")
            .number(worst, ValueOrigin::WorstStaleness(index))
            .plain(" late, and needs ")
            .number(format::time(drained_at - END), ValueOrigin::CatchUpTime(index))
            .plain(" more to catch up"),
        (_, None) if is_growing(effect) => {
            sentence.plain(" ").number("never catches up".to_owned(), ValueOrigin::CatchUpTime(index))
        }
        (_, None) if is_disturbed(effect) => {
            sentence.plain(" is ").number(worst, ValueOrigin::WorstStaleness(index)).plain(" late at worst")
        }
        (_, None) => sentence.plain(" does not notice"),
    }
}

/// Summarizes the staleness of every effect.
pub fn staleness_summary(
    scenario: &Scenario,
    transient: Option<&Transient>,
    disturbance: Disturbance,
) -> Sentence {
    let Some(transient) = transient.filter(|transient| !transient.effects.is_empty()) else {
        return Sentence::default().plain("Publish a step to see how late its effect may be.");
    };
    let introduction = match disturbance {
        Disturbance::Nothing => "Staleness from the answer to the effect, as time goes by.",
        Disturbance::ConsumersStop => "The answer does not notice that the consumers stop from 30 s to 90 s.",
        Disturbance::Spike(_) => "The spike lasts from 30 s to 90 s; the wall holds some of it back.",
    };
    let append_effect = |sentence: Sentence, (index, effect): (usize, &EffectTransient)| {
        let sentence = sentence.plain(format!(" {}", capitalize(&effect_name(scenario, effect))));
        let Some(worst) = effect.worst() else { return sentence };
        let sentence = sentence.plain(": ");
        if is_growing(effect) {
            return sentence.number("ever later".to_owned(), ValueOrigin::CatchUpTime(index)).plain(".");
        }
        let sentence = sentence.number(format::time(worst.staleness), ValueOrigin::WorstStaleness(index));
        let sentence = match disturbance {
            Disturbance::Nothing => sentence.plain(" late on average"),
            _ => sentence.plain(" late at worst"),
        };
        match effect.drained_at {
            Some(drained_at) if disturbance != Disturbance::Nothing => sentence
                .plain(", current again ")
                .number(format::time(drained_at - END), ValueOrigin::CatchUpTime(index))
                .plain(" after it is over."),
            _ => sentence.plain("."),
        }
    };
    transient.effects.iter().enumerate().fold(Sentence::default().plain(introduction), append_effect)
}

/// Returns the effect with the highest maximum staleness, and its index.
fn most_stale_effect(transient: &Transient) -> Option<(usize, &EffectTransient)> {
    let worst = |effect: &EffectTransient| effect.worst().map_or(0.0, |worst| worst.staleness.seconds());
    let effects = transient.effects.iter().enumerate();
    effects.reduce(|first, second| if worst(second.1) > worst(first.1) { second } else { first })
}

/// An effect grows if its staleness at the end is more than 20 % above that halfway.
fn is_growing(effect: &EffectTransient) -> bool {
    let (middle, end) = (effect.points.get(effect.points.len() / 2), effect.points.last());
    middle.zip(end).is_some_and(|(middle, end)| end.staleness > middle.staleness * 1.2)
}

/// An effect is disturbed if its maximum staleness is more than 5 % above the initial one.
fn is_disturbed(effect: &EffectTransient) -> bool {
    let usual = effect.points.first().map(|point| point.staleness * 1.05);
    usual.zip(effect.worst()).is_some_and(|(usual, worst)| worst.staleness > usual)
}

fn effect_name(scenario: &Scenario, effect: &EffectTransient) -> String {
    scenario.steps.get(effect.step).map_or_else(String::new, |step| subject_in_sentence(&step.name))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lessons::PresetId;
    use crate::queueing::evaluate;
    use crate::queueing::transients::disturbance::transient;
    use crate::scenario::Workload;
    use crate::units::{Time, Users};

    fn describe(preset: PresetId, users: u64, disturbance: Disturbance) -> (String, String) {
        let workload = Workload::Closed { users: Users::new(users), think_time: Time::from_whole_seconds(1) };
        let scenario = Scenario { workload, ..preset.scenario() };
        let transient = transient(&scenario, &evaluate(&scenario).unwrap(), disturbance);
        let transient = transient.as_ref();
        (
            staleness_title(&scenario, transient, disturbance).to_string(),
            staleness_summary(&scenario, transient, disturbance).to_string(),
        )
    }

    #[test]
    fn the_title_says_how_late_and_until_when() {
        let title = |preset, users, disturbance| describe(preset, users, disturbance).0;
        assert_eq!(
            title(PresetId::AllSync, 10, Disturbance::Nothing),
            "Every effect is there with the answer"
        );
        assert_eq!(
            title(PresetId::Hybrid, 10, Disturbance::Nothing),
            "Email is done 400 ms after the answer, on average"
        );
        assert_eq!(title(PresetId::Hybrid, 100, Disturbance::Nothing), "Email is ever later");
        assert_eq!(
            title(PresetId::Hybrid, 10, Disturbance::ConsumersStop),
            "Email is up to 60.1 s late, and needs 16.7 s more to catch up"
        );
        // The consumers have room for 10 % more orders. Three times the orders are late, but leave no
        // backlog.
        assert_eq!(title(PresetId::Hybrid, 10, Disturbance::Spike(1.1)), "Email does not notice");
        assert_eq!(title(PresetId::Hybrid, 10, Disturbance::Spike(3.0)), "Email is 585 ms late at worst");
    }

    #[test]
    fn the_summary_names_every_effect() {
        let (_, summary) = describe(PresetId::Hybrid, 10, Disturbance::ConsumersStop);
        assert!(
            summary.contains("Email: 60.1 s late at worst") && summary.contains("Analytics: "),
            "{summary}"
        );
    }
}
