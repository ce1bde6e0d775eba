//! What stands at the chart of how late the effects are.

use super::{Origin, Sentence};
use crate::lessons::words::mid_sentence;
use crate::queueing::transients::disturbance::{Disturbance, END, EffectTransient, Transient};
use crate::scenario::Scenario;
use crate::units::format;
use crate::units::format::capitalize;

/// What a disturbance does to the effects.
pub fn staleness_title(
    scenario: &Scenario,
    course: Option<&Transient>,
    disturbance: Disturbance,
) -> Sentence {
    let sentence = Sentence::default();
    let Some(course) = course else { return sentence.plain("Without answers there is nothing to publish") };
    let Some((index, latest)) = latest(course) else {
        return sentence.plain("Every effect is there with the answer");
    };
    let worst = latest.worst().map_or_else(String::new, |worst| format::time(worst.staleness));
    let sentence = sentence.plain(capitalize(&name_of(scenario, latest)));
    match (disturbance, latest.drained_at) {
        (Disturbance::Nothing, _) if is_growing(latest) => {
            sentence.plain(" is ").number("ever later".to_owned(), Origin::CatchingUp(index))
        }
        (Disturbance::Nothing, _) => sentence
            .plain(" is done ")
            .number(worst, Origin::Worst(index))
            .plain(" after the answer, on average"),
        (_, Some(drained)) => sentence
            .plain(" is up to ")
            .number(worst, Origin::Worst(index))
            .plain(" late, and needs ")
            .number(format::time(drained - END), Origin::CatchingUp(index))
            .plain(" more to catch up"),
        (_, None) if is_growing(latest) => {
            sentence.plain(" ").number("never catches up".to_owned(), Origin::CatchingUp(index))
        }
        (_, None) if is_disturbed(latest) => {
            sentence.plain(" is ").number(worst, Origin::Worst(index)).plain(" late at worst")
        }
        (_, None) => sentence.plain(" does not notice"),
    }
}

/// The same for every effect, and what the answer notices.
pub fn staleness_summary(
    scenario: &Scenario,
    course: Option<&Transient>,
    disturbance: Disturbance,
) -> Sentence {
    let Some(course) = course.filter(|course| !course.effects.is_empty()) else {
        return Sentence::default().plain("Publish a step to see how late its effect may be.");
    };
    let notice = match disturbance {
        Disturbance::Nothing => "Staleness from the answer to the effect, as time goes by.",
        Disturbance::ConsumersStop => "The answer does not notice that the consumers stop from 30 s to 90 s.",
        Disturbance::Spike(_) => "The spike lasts from 30 s to 90 s; the wall holds some of it back.",
    };
    let told = |sentence: Sentence, (index, effect): (usize, &EffectTransient)| {
        let sentence = sentence.plain(format!(" {}", capitalize(&name_of(scenario, effect))));
        let Some(worst) = effect.worst() else { return sentence };
        let sentence = sentence.plain(": ");
        if is_growing(effect) {
            return sentence.number("ever later".to_owned(), Origin::CatchingUp(index)).plain(".");
        }
        let sentence = sentence.number(format::time(worst.staleness), Origin::Worst(index));
        let sentence = match disturbance {
            Disturbance::Nothing => sentence.plain(" late on average"),
            _ => sentence.plain(" late at worst"),
        };
        match effect.drained_at {
            Some(drained) if disturbance != Disturbance::Nothing => sentence
                .plain(", current again ")
                .number(format::time(drained - END), Origin::CatchingUp(index))
                .plain(" after it is over."),
            _ => sentence.plain("."),
        }
    };
    course.effects.iter().enumerate().fold(Sentence::default().plain(notice), told)
}

/// The effect that is latest at its worst, with its place.
fn latest(course: &Transient) -> Option<(usize, &EffectTransient)> {
    let worst = |effect: &EffectTransient| effect.worst().map_or(0.0, |worst| worst.staleness.seconds());
    let effects = course.effects.iter().enumerate();
    effects.reduce(|latest, effect| if worst(effect.1) > worst(latest.1) { effect } else { latest })
}

/// Whether an effect is later at the end of its course than halfway.
fn is_growing(effect: &EffectTransient) -> bool {
    let (middle, end) = (effect.points.get(effect.points.len() / 2), effect.points.last());
    middle.zip(end).is_some_and(|(middle, end)| end.staleness > middle.staleness * 1.2)
}

/// Whether an effect is more than one part in twenty later at its worst than before the disturbance.
fn is_disturbed(effect: &EffectTransient) -> bool {
    let usual = effect.points.first().map(|point| point.staleness * 1.05);
    usual.zip(effect.worst()).is_some_and(|(usual, worst)| worst.staleness > usual)
}

fn name_of(scenario: &Scenario, effect: &EffectTransient) -> String {
    scenario.steps.get(effect.step).map_or_else(String::new, |step| mid_sentence(&step.name))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lessons::PresetId;
    use crate::queueing::evaluate;
    use crate::queueing::transients::disturbance::transient;
    use crate::scenario::Workload;
    use crate::units::{Time, Users};

    fn told(preset: PresetId, users: u64, disturbance: Disturbance) -> (String, String) {
        let workload = Workload::Closed { users: Users::new(users), think_time: Time::from_whole_seconds(1) };
        let scenario = Scenario { workload, ..preset.scenario() };
        let course = transient(&scenario, &evaluate(&scenario).unwrap(), disturbance);
        let course = course.as_ref();
        (
            staleness_title(&scenario, course, disturbance).to_string(),
            staleness_summary(&scenario, course, disturbance).to_string(),
        )
    }

    #[test]
    fn the_title_says_how_late_and_until_when() {
        let title = |preset, users, disturbance| told(preset, users, disturbance).0;
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
        // A few more orders are nothing to the consumers; a few times as many are late, though none is left at the end.
        assert_eq!(title(PresetId::Hybrid, 10, Disturbance::Spike(1.1)), "Email does not notice");
        assert_eq!(title(PresetId::Hybrid, 10, Disturbance::Spike(3.0)), "Email is 585 ms late at worst");
    }

    #[test]
    fn the_summary_names_every_effect() {
        let (_, summary) = told(PresetId::Hybrid, 10, Disturbance::ConsumersStop);
        assert!(
            summary.contains("Email: 60.1 s late at worst") && summary.contains("Analytics: "),
            "{summary}"
        );
    }
}
