use super::*;
use crate::lessons::PresetId;
use crate::scenario::{Placement, Workload};
use crate::simulation::{Experiment, Instant, Until};
use crate::units::Users;

fn run(scenario: &Scenario, seconds: u32) -> (Simulation, Theory) {
    let mut run = Simulation::new(&Experiment::new(scenario).until(Until::Orders(u64::MAX))).unwrap();
    run.run_until(Instant::at(Time::from_whole_seconds(seconds)));
    let theory = Theory::of(scenario, run.slice());
    (run, theory)
}

fn read(scenario: &Scenario, seconds: u32) -> Reading {
    let (mut run, theory) = run(scenario, seconds);
    reading(scenario, &mut run, &theory)
}

fn strips(scenario: &Scenario, seconds: u32) -> Vec<Panel> {
    let (run, theory) = run(scenario, seconds);
    let panel = |graph: Graph| graph.panel(scenario, &run, &theory, &Look::default());
    Graph::all_of(scenario).into_iter().map(panel).collect()
}

fn crawling() -> Scenario {
    let workload = Workload::Closed { users: Users::new(100), think_time: Time::from_whole_seconds(1) };
    Scenario { workload, ..Scenario::online_shop() }
}

#[test]
fn theory_stands_beside_the_simulation_with_its_margin() {
    let reading = read(&crawling(), 600);
    assert!(reading.headline.starts_with("Theory 4.27 s, simulated 4."), "{}", reading.headline);
    assert!(reading.headline.contains(" ± 0.0"), "{}", reading.headline);
    assert!(reading.lead.contains("95 of 100"), "{}", reading.lead);
}

#[test]
fn a_line_that_nobody_has_gone_through_is_not_steady() {
    let workload = Workload::Closed { users: Users::new(10_000), think_time: Time::from_whole_seconds(1) };
    let lead = read(&Scenario { workload, ..Scenario::online_shop() }, 60).lead;
    assert!(lead.contains("Nothing is steady yet"), "{lead}");
}

#[test]
fn a_run_that_has_only_begun_says_so() {
    let reading = read(&crawling(), 0);
    assert_eq!(reading.headline, "Theory 4.27 s, simulated: too few answers yet");
    assert_eq!(strips(&crawling(), 0)[0].title, "Response time: nothing yet");
}

#[test]
fn an_overloaded_stream_has_no_theory_to_compare_with() {
    let workload = Workload::Open { arrival_rate: Rate::per_second(40.0) };
    let reading = read(&Scenario { workload, ..Scenario::online_shop() }, 60);
    assert!(
        reading.headline.starts_with("Theory: no end to the waiting. Simulated so far "),
        "{}",
        reading.headline
    );
}

#[test]
fn the_strips_are_those_that_the_flow_has() {
    let names = |scenario: &Scenario| -> Vec<String> {
        strips(scenario, 20).into_iter().map(|strip| strip.table.caption).collect()
    };
    let mut shop = crawling();
    assert_eq!(names(&shop), ["Response time", "In line", "Failed or too late"]);
    shop.steps[2].placement = Placement::Async;
    assert_eq!(names(&shop), ["Response time", "In line", "Lag", "Failed or too late"]);
}

/// The number after a title's name.
fn titled(panel: &Panel) -> u64 {
    let (_, number) = panel.title.split_once(": ").unwrap();
    number.replace(',', "").parse().unwrap_or_else(|_| panic!("{number} is no whole number"))
}

#[test]
fn a_title_says_what_the_places_say_at_this_moment() {
    for preset in [PresetId::FlashSale, PresetId::EverythingAsync, PresetId::ClientStory] {
        let scenario = preset.scenario();
        for seconds in [20, 600] {
            let (places, strips) = (read(&scenario, seconds).places, strips(&scenario, seconds));
            let sum = |column: usize| -> u64 {
                places.rows.iter().filter_map(|row| row[column].replace(',', "").parse::<u64>().ok()).sum()
            };
            assert_eq!(titled(&strips[1]), sum(3), "{preset:?}: {}", strips[1].title);
            if strips.len() == 4 {
                assert_eq!(titled(&strips[2]), sum(4), "{preset:?}: {}", strips[2].title);
            }
        }
    }
}

#[test]
fn what_waits_is_called_orders_only_where_each_is_in_one_line() {
    let sub = |preset: PresetId| strips(&preset.scenario(), 20)[1].sub.clone();
    assert_eq!(sub(PresetId::FlashSale), live::QUEUE_SUB);
    assert_eq!(sub(PresetId::EverythingAsync), live::QUEUE_SUB_APART);
    assert_eq!(sub(PresetId::EverythingParallel), live::QUEUE_SUB_APART);
}

#[test]
fn every_place_has_its_row() {
    let places = read(&crawling(), 20).places;
    let names: Vec<&str> = places.rows.iter().map(|row| row[0].as_str()).collect();
    assert_eq!(
        names,
        ["API workers", "Validate payment", "Check inventory", "Send email", "Update analytics"]
    );
    assert!(places.rows.iter().all(|row| row.len() == places.heads.len()));
    assert_eq!(places.rows[0][1], "20");
}

#[test]
fn the_fluid_runs_beside_the_simulation_for_any_number_of_users() {
    for users in [10, 100, 10_000, 1_000_000, 100_000_000] {
        let workload = Workload::Closed { users: Users::new(users), think_time: Time::from_whole_seconds(1) };
        let mut shop = Scenario { workload, ..Scenario::online_shop() };
        shop.steps[2].placement = Placement::Async;
        for panel in &strips(&shop, 60)[..3] {
            let (name, last) = (&panel.table.caption, panel.numbers.last().unwrap());
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
    let lead = read(&line, 20).lead;
    assert!(
        lead.contains(" users always stand in line for a worker: they are counted, not played"),
        "{lead}"
    );
    let mut wide = Scenario { workload: workload(Users::new(1_000_000)), ..Scenario::online_shop() };
    wide.workers = crate::units::Servers::new(1_000_000);
    for step in &mut wide.steps {
        step.servers = crate::units::Servers::new(300_500);
    }
    let lead = read(&wide, 20).lead;
    assert!(lead.contains("One order in "), "{lead}");
}

#[test]
fn every_stop_tells_its_moment_and_value() {
    for panel in strips(&crawling(), 60) {
        assert!((20..=Stop::MOST).contains(&panel.stops.len()), "{}", panel.stops.len());
        assert!(panel.stops.iter().all(|stop| stop.told.contains(" – ") && stop.told.contains(": ")));
        assert!(panel.stops.windows(2).all(|pair| pair[0].at.x < pair[1].at.x));
        assert_eq!(panel.numbers.len(), 1 + panel.values.len());
    }
}
