use super::*;
use crate::lessons::PresetId;
use crate::live::protocol::{DataPoint, Panel, Viewport};
use crate::scenario::{Placement, Workload};
use crate::simulation::{EndCondition, Experiment, Instant};
use crate::units::{Rate, Time, Users};

fn run(scenario: &Scenario, seconds: u32) -> (Simulation, Theory) {
    let mut run =
        Simulation::new(&Experiment::new(scenario).with_end(EndCondition::Orders(u64::MAX))).unwrap();
    run.run_until(Instant::at(Time::from_whole_seconds(seconds)));
    let theory = Theory::new(scenario, run.scaled_system());
    (run, theory)
}

fn summary_of(scenario: &Scenario, seconds: u32) -> RunSummary {
    let (mut run, theory) = run(scenario, seconds);
    run_summary(scenario, &mut run, &theory)
}

fn strips(scenario: &Scenario, seconds: u32) -> Vec<Panel> {
    let (run, theory) = run(scenario, seconds);
    let panel = |chart: StripChart| chart.panel(scenario, &run, &theory, &Viewport::default());
    StripChart::all_of(scenario).into_iter().map(panel).collect()
}

fn congested() -> Scenario {
    let workload = Workload::Closed { users: Users::new(100), think_time: Time::from_whole_seconds(1) };
    Scenario { workload, ..Scenario::online_shop() }
}

#[test]
fn theory_stands_beside_the_simulation_with_its_margin() {
    let summary = summary_of(&congested(), 600);
    assert!(summary.headline.starts_with("Theory 4.27 s, simulated 4."), "{}", summary.headline);
    assert!(summary.headline.contains(" ± 0.0"), "{}", summary.headline);
    assert!(summary.lead.contains("95 of 100"), "{}", summary.lead);
}

#[test]
fn a_line_that_nobody_has_gone_through_is_not_steady() {
    let workload = Workload::Closed { users: Users::new(10_000), think_time: Time::from_whole_seconds(1) };
    let lead = summary_of(&Scenario { workload, ..Scenario::online_shop() }, 60).lead;
    assert!(lead.contains("Nothing is steady yet"), "{lead}");
}

#[test]
fn a_run_that_has_only_begun_says_so() {
    let summary = summary_of(&congested(), 0);
    assert_eq!(summary.headline, "Theory 4.27 s, simulated: too few answers yet");
    assert_eq!(strips(&congested(), 0)[0].title, "Response time: nothing yet");
}

#[test]
fn an_overloaded_stream_has_no_theory_to_compare_with() {
    let workload = Workload::Open { arrival_rate: Rate::per_second(40.0) };
    let summary = summary_of(&Scenario { workload, ..Scenario::online_shop() }, 60);
    assert!(
        summary.headline.starts_with("Theory: no end to the waiting. Simulated so far "),
        "{}",
        summary.headline
    );
}

#[test]
fn the_strips_are_those_that_the_flow_has() {
    let names = |scenario: &Scenario| -> Vec<String> {
        strips(scenario, 20).into_iter().map(|strip| strip.table.caption).collect()
    };
    let mut shop = congested();
    assert_eq!(names(&shop), ["Response time", "In line", "Failed or too late"]);
    shop.steps[2].placement = Placement::Async;
    assert_eq!(names(&shop), ["Response time", "In line", "Lag", "Failed or too late"]);
}

/// Returns the number in a title.
fn number_in_title(panel: &Panel) -> u64 {
    let (_, number) = panel.title.split_once(": ").unwrap();
    number.replace(',', "").parse().unwrap_or_else(|_| panic!("{number} is no whole number"))
}

#[test]
fn a_title_says_what_the_places_say_at_this_moment() {
    for preset in [PresetId::FlashSale, PresetId::EverythingAsync, PresetId::ClientStory] {
        let scenario = preset.scenario();
        for seconds in [20, 600] {
            let (places, strips) = (summary_of(&scenario, seconds).stations, strips(&scenario, seconds));
            let sum = |column: usize| -> u64 {
                places.rows.iter().filter_map(|row| row[column].replace(',', "").parse::<u64>().ok()).sum()
            };
            assert_eq!(number_in_title(&strips[1]), sum(3), "{preset:?}: {}", strips[1].title);
            if strips.len() == 4 {
                assert_eq!(number_in_title(&strips[2]), sum(4), "{preset:?}: {}", strips[2].title);
            }
        }
    }
}

#[test]
fn what_waits_is_called_orders_only_where_each_is_in_one_line() {
    let sub = |preset: PresetId| strips(&preset.scenario(), 20)[1].subtitle.clone();
    assert_eq!(sub(PresetId::FlashSale), live::QUEUE_SUBTITLE);
    assert_eq!(sub(PresetId::EverythingAsync), live::QUEUE_SUBTITLE_PARALLEL);
    assert_eq!(sub(PresetId::EverythingParallel), live::QUEUE_SUBTITLE_PARALLEL);
}

#[test]
fn every_place_has_its_row() {
    let places = summary_of(&congested(), 20).stations;
    let names: Vec<&str> = places.rows.iter().map(|row| row[0].as_str()).collect();
    assert_eq!(
        names,
        ["API workers", "Validate payment", "Check inventory", "Send email", "Update analytics"]
    );
    assert!(places.rows.iter().all(|row| row.len() == places.headers.len()));
    assert_eq!(places.rows[0][1], "20");
}

#[test]
fn the_fluid_runs_beside_the_simulation_for_any_number_of_users() {
    for users in [10, 100, 10_000, 1_000_000, 100_000_000] {
        let workload = Workload::Closed { users: Users::new(users), think_time: Time::from_whole_seconds(1) };
        let mut shop = Scenario { workload, ..Scenario::online_shop() };
        shop.steps[2].placement = Placement::Async;
        for panel in &strips(&shop, 60)[..3] {
            let (name, last) = (&panel.table.caption, panel.export_rows.last().unwrap());
            let value: f64 = last[2].parse().unwrap();
            let fluid: f64 = last.last().unwrap().parse().unwrap();
            let off = (value - fluid).abs();
            assert!(off <= 0.15 * value.max(fluid) + 8.0, "{users} users, {name}: {value} beside {fluid}");
        }
    }
}

#[test]
fn a_slice_says_what_it_is() {
    let workload = |users| Workload::Closed { users, think_time: Time::from_whole_seconds(1) };
    let line = Scenario { workload: workload(Users::MAX), ..Scenario::online_shop() };
    let lead = summary_of(&line, 20).lead;
    assert!(
        lead.contains(" users always stand in line for a worker: they are counted, not played"),
        "{lead}"
    );
    let mut wide = Scenario { workload: workload(Users::new(1_000_000)), ..Scenario::online_shop() };
    wide.workers = crate::units::Servers::new(1_000_000);
    for step in &mut wide.steps {
        step.servers = crate::units::Servers::new(300_500);
    }
    let lead = summary_of(&wide, 20).lead;
    assert!(lead.contains("One order in "), "{lead}");
}

#[test]
fn every_stop_tells_its_moment_and_value() {
    for panel in strips(&congested(), 60) {
        assert!(
            (20..=DataPoint::MAX_PER_CHART).contains(&panel.data_points.len()),
            "{}",
            panel.data_points.len()
        );
        assert!(
            panel.data_points.iter().all(|point| point.text.contains(" – ") && point.text.contains(": "))
        );
        assert!(panel.data_points.windows(2).all(|pair| pair[0].at.x < pair[1].at.x));
        assert_eq!(panel.export_rows.len(), 1 + panel.values.len());
    }
}
