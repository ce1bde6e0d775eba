//! The answer line of the timeline stands at the response time that the model computes.

use waiting_line::charts::timeline::Timeline;
use waiting_line::lessons::PresetId;
use waiting_line::queueing::{Outcome, evaluate};

#[test]
fn in_every_preset() {
    for preset in PresetId::ALL {
        let scenario = preset.scenario();
        let evaluation = evaluate(&scenario).unwrap();
        let Outcome::Steady(steady) = evaluation.outcome else { continue };
        let line = Timeline::new(&scenario, Some(&evaluation)).answer;
        let gap = (line - steady.response_time).seconds().abs();
        assert!(gap < 1e-6 * steady.response_time.seconds(), "{}: {gap} s apart", preset.name());
    }
}
