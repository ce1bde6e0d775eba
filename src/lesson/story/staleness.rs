//! What stands at the chart of how late the effects are.

use crate::lesson::words::mid_sentence;
use crate::model::course::{Course, Disturbance, EffectCourse, TO};
use crate::scenario::Scenario;
use crate::scenario::letters::capitalized;
use crate::units::format;

/// What a disturbance does to the effects.
pub fn staleness_title(scenario: &Scenario, course: Option<&Course>, disturbance: Disturbance) -> String {
    let Some(course) = course else { return "Without answers there is nothing to publish".to_owned() };
    let Some(latest) = latest(course) else { return "Every effect is there with the answer".to_owned() };
    let name = name_of(scenario, latest);
    let worst = latest.worst().map_or_else(String::new, |worst| format::time(worst.staleness));
    let title = match (disturbance, latest.drained) {
        (Disturbance::Nothing, _) if is_growing(latest) => format!("{name} is ever later"),
        (Disturbance::Nothing, _) => format!("{name} is done {worst} after the answer"),
        (_, Some(drained)) => {
            let catching_up = drained - TO;
            format!("{name} is up to {worst} late, and needs {} more to catch up", format::time(catching_up))
        }
        (_, None) if is_growing(latest) => format!("{name} never catches up"),
        (_, None) => format!("{name} does not notice"),
    };
    capitalized(&title)
}

/// The same for every effect, and what the answer notices.
pub fn staleness_summary(scenario: &Scenario, course: Option<&Course>, disturbance: Disturbance) -> String {
    let Some(course) = course.filter(|course| !course.effects.is_empty()) else {
        return "Publish a step to see how late its effect may be.".to_owned();
    };
    let told = course.effects.iter().map(|effect| {
        let name = capitalized(&name_of(scenario, effect));
        let Some(worst) = effect.worst() else { return name };
        let at_worst = format!("{} late at worst", format::time(worst.staleness));
        match effect.drained {
            _ if is_growing(effect) => format!("{name}: ever later."),
            Some(drained) if disturbance != Disturbance::Nothing => {
                format!("{name}: {at_worst}, current again {} after it is over.", format::time(drained - TO))
            }
            _ => format!("{name}: {at_worst}."),
        }
    });
    let notice = match disturbance {
        Disturbance::Nothing => "Staleness from the answer to the effect, as time goes by.",
        Disturbance::ConsumersStop => "The answer does not notice that the consumers stop from 30 s to 90 s.",
        Disturbance::Spike(_) => "The spike lasts from 30 s to 90 s; the wall holds some of it back.",
    };
    std::iter::once(notice.to_owned()).chain(told).collect::<Vec<_>>().join(" ")
}

/// The effect that is latest at its worst.
fn latest(course: &Course) -> Option<&EffectCourse> {
    let worst = |effect: &EffectCourse| effect.worst().map_or(0.0, |worst| worst.staleness.seconds());
    course.effects.iter().reduce(|latest, effect| if worst(effect) > worst(latest) { effect } else { latest })
}

/// Whether an effect is later at the end of its course than halfway.
fn is_growing(effect: &EffectCourse) -> bool {
    let (middle, end) = (effect.points.get(effect.points.len() / 2), effect.points.last());
    middle.zip(end).is_some_and(|(middle, end)| end.staleness > middle.staleness * 1.2)
}

fn name_of(scenario: &Scenario, effect: &EffectCourse) -> String {
    scenario.steps.get(effect.step).map_or_else(String::new, |step| mid_sentence(&step.name))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lesson::PresetId;
    use crate::model::course::course;
    use crate::model::evaluate;
    use crate::scenario::Workload;
    use crate::units::{Time, Users};

    fn told(preset: PresetId, users: u64, disturbance: Disturbance) -> (String, String) {
        let workload = Workload::Closed { users: Users::new(users), think_time: Time::from_whole_seconds(1) };
        let scenario = Scenario { workload, ..preset.scenario() };
        let course = course(&scenario, &evaluate(&scenario).unwrap(), disturbance);
        let course = course.as_ref();
        (staleness_title(&scenario, course, disturbance), staleness_summary(&scenario, course, disturbance))
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
            "Email is done 400 ms after the answer"
        );
        assert_eq!(title(PresetId::Hybrid, 100, Disturbance::Nothing), "Email is ever later");
        assert_eq!(
            title(PresetId::Hybrid, 10, Disturbance::ConsumersStop),
            "Email is up to 60.1 s late, and needs 16.7 s more to catch up"
        );
        assert_eq!(title(PresetId::Hybrid, 10, Disturbance::Spike(3.0)), "Email does not notice");
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
