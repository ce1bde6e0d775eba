//! The load: who comes, and with how much the system meets them.

use waiting_line::queueing::{Outcome, evaluate};
use waiting_line::scenario::{Scenario, Workload};
use waiting_line::units::{Rate, Servers, Time, Users, format};

use crate::explorer::named;
use crate::support::{Input, Page, Screen, Stage, Theme, key, path};

fn open() -> Page {
    Stage::release().open(Screen::LAPTOP, Theme::Light)
}

#[test]
fn users_have_stops_from_ten_to_a_hundred_million() {
    let page = open();
    let stops = [
        ("10", "10"),
        ("100", "100"),
        ("500", "500"),
        ("2 k", "2,000"),
        ("10 k", "10,000"),
        ("1 M", "1,000,000"),
        ("100 M", "100,000,000"),
    ];
    for (stop, users) in stops {
        page.press_button(stop);
        assert_eq!(page.held(&named("Users")), users);
        assert!(page.headline().to_lowercase().contains(&format!("at {users} users")), "{}", page.headline());
        let spoken = page.attribute(&named("Users, by slider"), "aria-valuetext");
        assert_eq!(spoken, format!("{users} users"));
        assert_eq!(page.text(".chip[aria-pressed=true]"), stop);
    }
}

#[test]
fn the_slider_of_users_goes_by_keys_and_mouse() {
    let page = open();
    let slider = named("Users, by slider");
    page.focus(&slider);
    page.press(&[key::END]);
    assert_eq!(page.held(&named("Users")), "100,000,000");
    page.press(&[key::HOME]);
    assert_eq!(page.held(&named("Users")), "1");
    page.says("The user waits 1,050 ms at 1 user.");
    for users in ["2", "3", "4"] {
        page.press(&[key::RIGHT]);
        assert_eq!(page.held(&named("Users")), users, "every press goes on");
    }
    page.press(&[key::LEFT]);
    assert_eq!(page.held(&named("Users")), "3");
    page.tap(Input::Mouse, &slider);
    let users: f64 = page.held(&named("Users")).replace(',', "").parse().unwrap();
    // The middle of eight decades, to the pixel.
    let pixel =
        8.0 / page.value(&format!("document.querySelector({slider:?}).clientWidth")).as_f64().unwrap();
    assert!((users.log10() - 4.0).abs() <= pixel, "{users} users");
    page.press(&[key::CONTROL, "z"]);
    assert_eq!(page.held(&named("Users")), "3");
}

#[test]
fn one_drag_of_the_slider_is_one_entry_to_undo() {
    let page = open();
    let slider = named("Users, by slider");
    let (x, y) = page.middle(&slider);
    let width = page.value(&format!("document.querySelector({slider:?}).clientWidth")).as_f64().unwrap();
    page.point(Input::Mouse, (x, y), &[(x + 10.0, y), (x + width / 8.0, y), (x + width / 4.0, y)]);
    assert_ne!(page.held(&named("Users")), "10");
    page.press(&[key::CONTROL, "z"]);
    assert_eq!(page.held(&named("Users")), "10");
    assert!(!page.can_press("Undo"));
    let from = (x - 2.0 * width / 8.0, y);
    page.hold(Input::Mouse, from, &path(from, (width / 4.0, 0.0)));
    assert_ne!(page.held(&named("Users")), "10");
    page.press(&[key::ESCAPE]);
    page.point_at((x, y));
    assert_eq!(page.held(&named("Users")), "10", "Escape calls the drag off");
    page.let_go(Input::Mouse);
    assert_eq!(page.held(&named("Users")), "10");
}

#[test]
fn a_drag_from_few_users_to_many_moves_nothing_under_the_hand() {
    // The narrowest page with three panels beside each other, and one on which the longest sentence nearly fills the line.
    for width in [1120, 1440] {
        let page = Stage::release().open(Screen { width, ..Screen::LAPTOP }, Theme::Light);
        let slider = named("Users, by slider");
        page.run(&format!(
            "const [slider, flow] = [{slider:?}, '.lanes'].map((it) => document.querySelector(it));
             const top = (it) => Math.round(it.getBoundingClientRect().top);
             window.seen = new Set();
             (function watch() {{ seen.add(top(slider) + ' ' + top(flow)); requestAnimationFrame(watch) }})()"
        ));
        let length = page.value(&format!("document.querySelector({slider:?}).clientWidth")).as_f64().unwrap();
        let (x, y) = page.middle(&slider);
        let from = (x - 3.0 * length / 8.0, y);
        page.hold(Input::Mouse, from, &path(from, (7.0 * length / 8.0, 0.0)));
        assert_eq!(page.held(&named("Users")), "100,000,000");
        assert!(page.headline().contains("give up"), "{}", page.headline());
        assert_eq!(
            page.value("[...seen]").as_array().unwrap().len(),
            1,
            "{width}: {}",
            page.value("[...seen]")
        );
        page.let_go(Input::Mouse);
    }
}

#[test]
fn users_can_be_typed() {
    let page = open();
    for (typed, users) in [("250", "250"), ("10k", "10,000"), ("1,2 M", "1,200,000"), ("1e3", "1,000")] {
        page.enter(&named("Users"), typed);
        assert_eq!(page.held(&named("Users")), users, "{typed}");
    }
}

#[test]
fn a_hundred_million_users_are_answered_for_as_fast_as_ten() {
    let page = open();
    let took = page.run(
        "const chips = [...document.querySelectorAll('.load .chip')];
         const frame = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
         const took = async (chip) => { const start = performance.now(); chip.click(); await frame(); return performance.now() - start };
         await took(chips[1]); await took(chips[6]);
         const few = await took(chips[0]), many = await took(chips[6]);
         return [few, many]",
    );
    let (few, many) = (took[0].as_f64().unwrap(), took[1].as_f64().unwrap());
    assert!(many < 10.0 * few + 250.0, "{many} ms for a hundred million, {few} ms for ten");
    page.says("At 100,000,000 users the mean answer takes 61 days; clients give up after 10 s.");
}

/// What the model says of the worked case with a change.
fn with(change: impl FnOnce(&mut Scenario)) -> (String, String) {
    let mut scenario = Scenario::online_shop();
    scenario.workload = closed(100, 1.0);
    change(&mut scenario);
    let evaluation = evaluate(&scenario).unwrap();
    let Outcome::Steady(steady) = evaluation.outcome else { panic!("{scenario:?} has no steady state") };
    (
        format::time(steady.response_time),
        format!("{}/s", format::rate(evaluation.bounds.saturation_throughput)),
    )
}

fn closed(users: u64, think_seconds: f64) -> Workload {
    Workload::Closed { users: Users::new(users), think_time: Time::from_seconds(think_seconds) }
}

/// The clocks that [`with`] speaks of.
fn clocks(page: &Page) -> (String, String) {
    (page.clock("answered"), page.clock("wall"))
}

#[test]
fn think_time_workers_and_timeout_change_what_comes_out() {
    let page = open();
    page.press_button("100");
    page.says("The user waits 4.27 s at 100 users.");
    page.enter(&named("Client timeout"), "4");
    page.says("At 100 users the mean answer takes 4.27 s; clients give up after 4 s.");
    page.enter(&named("Client timeout"), "10");
    page.enter(&named("Think time"), "3");
    assert_eq!(clocks(&page), with(|scenario| scenario.workload = closed(100, 3.0)));
    page.enter(&named("Think time"), "1");
    page.enter(&named("API workers"), "40");
    assert_eq!(clocks(&page), with(|scenario| scenario.workers = Servers::new(40)));
}

#[test]
fn orders_can_come_at_a_rate_of_their_own() {
    let page = open();
    page.press_button("Orders per second");
    assert_eq!(page.held(&named("Orders per second")), "4.9");
    page.enter(&named("Orders per second"), "12");
    let stream =
        |scenario: &mut Scenario| scenario.workload = Workload::Open { arrival_rate: Rate::per_second(12.0) };
    assert_eq!(clocks(&page), with(stream));
    assert!(page.headline().ends_with("at 12 orders/s."), "{}", page.headline());
    page.enter(&named("Orders per second"), "24/s");
    page.says("The line never stops growing: 24 orders/s come, 18.96 can be answered.");
    assert!(page.text(".lead").contains("5.0"), "{}", page.text(".lead"));
    assert_eq!(page.count(&named("Think time")), 0, "nobody thinks between orders of a stream");
    page.press_button("Users");
    assert_eq!(page.held(&named("Users")), "10", "the users from before are back");
}
