//! The load panel: users, think time, arrival rate, workers and client timeout.

use waiting_line::queueing::{Outcome, evaluate};
use waiting_line::scenario::{Scenario, Workload};
use waiting_line::units::{Rate, Servers, Time, Users, format};

use crate::controls::named;
use crate::support::{Page, Pointer, Screen, Site, Theme, drag_path, key};

fn open() -> Page {
    Site::release().open(Screen::LAPTOP, Theme::Light)
}

fn width_of(page: &Page, selector: &str) -> f64 {
    page.eval(&format!("harness.find({selector:?}).clientWidth")).as_f64().unwrap()
}

fn users_differ_from_10() -> String {
    format!("harness.find({:?}).value !== '10'", named("Users"))
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
        page.click_button(stop);
        page.expect_value(&named("Users"), users);
        page.wait_until(&format!("harness.text('h1').toLowerCase().includes('at {users} users')"));
        page.expect_attribute(&named("Users, by slider"), "aria-valuetext", format!("{users} users"));
        page.expect_text(".chip[aria-pressed=true]", stop);
    }
}

#[test]
fn the_slider_of_users_goes_by_keys_and_mouse() {
    let page = open();
    let slider = named("Users, by slider");
    page.focus(&slider);
    page.press_keys(&[key::END]);
    page.expect_value(&named("Users"), "100,000,000");
    page.press_keys(&[key::HOME]);
    page.expect_value(&named("Users"), "1");
    page.expect_headline("The user waits 1,050 ms at 1 user.");
    for users in ["2", "3", "4"] {
        page.press_keys(&[key::RIGHT]);
        page.expect_value(&named("Users"), users);
    }
    page.press_keys(&[key::LEFT]);
    page.expect_value(&named("Users"), "3");
    page.tap(Pointer::Mouse, &slider);
    page.wait_until_idle();
    let users = page.number_in(&named("Users"));
    // The middle of eight decades, within a pixel.
    let pixel = 8.0 / width_of(&page, &slider);
    assert!((users.log10() - 4.0).abs() <= pixel, "{users} users");
    page.press_keys(&[key::CONTROL, "z"]);
    page.expect_value(&named("Users"), "3");
}

#[test]
fn one_drag_of_the_slider_is_one_entry_to_undo() {
    let page = open();
    let slider = named("Users, by slider");
    let (x, y) = page.center(&slider);
    let width = width_of(&page, &slider);
    page.drag_along(Pointer::Mouse, (x, y), &[(x + 10.0, y), (x + width / 8.0, y), (x + width / 4.0, y)]);
    page.wait_until(&users_differ_from_10());
    page.press_keys(&[key::CONTROL, "z"]);
    page.expect_value(&named("Users"), "10");
    page.expect_disabled("Undo");
    let start = (x - 2.0 * width / 8.0, y);
    page.drag_and_hold(Pointer::Mouse, start, &drag_path(start, (width / 4.0, 0.0)));
    page.wait_until(&users_differ_from_10());
    page.press_keys(&[key::ESCAPE]);
    page.move_mouse((x, y));
    page.wait_until_idle();
    // Escape has cancelled the drag.
    page.expect_value(&named("Users"), "10");
    page.pointer_up(Pointer::Mouse);
    page.wait_until_idle();
    page.expect_value(&named("Users"), "10");
}

#[test]
fn a_drag_from_few_users_to_many_moves_nothing_under_the_hand() {
    // The narrowest page with three panels in a row, and one on which the longest headline nearly fills the
    // line.
    for width in [1120, 1440] {
        let page = Site::release().open(Screen { width, ..Screen::LAPTOP }, Theme::Light);
        let slider = named("Users, by slider");
        let (x, y) = page.center(&slider);
        page.run(&format!(
            "const elements = [{slider:?}, '.lanes'].map(harness.find);
             window.positions = new Set();
             (async () => {{
               const top = (element) => Math.round(element.getBoundingClientRect().top);
               for (;; await harness.nextFrame()) positions.add(elements.map(top).join());
             }})()"
        ));
        let length = width_of(&page, &slider);
        let start = (x - 3.0 * length / 8.0, y);
        page.drag_and_hold(Pointer::Mouse, start, &drag_path(start, (7.0 * length / 8.0, 0.0)));
        page.expect_value(&named("Users"), "100,000,000");
        page.expect_text_contains("h1", &["give up"]);
        page.wait_until_idle();
        let positions = page.eval("[...positions]");
        assert_eq!(positions.as_array().unwrap().len(), 1, "{width}: {positions}");
        page.pointer_up(Pointer::Mouse);
    }
}

#[test]
fn users_can_be_typed() {
    let page = open();
    for (typed, users) in [("250", "250"), ("10k", "10,000"), ("1,2 M", "1,200,000"), ("1e3", "1,000")] {
        page.enter(&named("Users"), typed);
        page.expect_value(&named("Users"), users);
    }
}

#[test]
fn a_hundred_million_users_are_answered_for_as_fast_as_ten() {
    let page = open();
    page.expect_count(".load .chip", 7);
    let durations = page.run(
        "const chips = harness.findAll('.load .chip');
         const click = async (index) => {
           const start = performance.now();
           chips[index].click();
           await harness.nextFrame();
           await harness.delay(0);
           return performance.now() - start;
         };
         await click(1);
         await click(6);
         return [await click(0), await click(6)]",
    );
    let (few, many) = (durations[0].as_f64().unwrap(), durations[1].as_f64().unwrap());
    assert!(many < 10.0 * few + 250.0, "{many} ms for a hundred million, {few} ms for ten");
    page.expect_headline("At 100,000,000 users the mean answer takes 61 days; clients give up after 10 s.");
}

/// Returns the response time and the saturation throughput that the model computes for 100 users after a
/// change.
fn computed_after(change: impl FnOnce(&mut Scenario)) -> (String, String) {
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

/// Expects the figures of [`computed_after`].
#[track_caller]
fn check(page: &Page, change: impl FnOnce(&mut Scenario)) {
    let (response_time, saturation_throughput) = computed_after(change);
    page.expect_metric("answered", &response_time);
    page.expect_metric("wall", &saturation_throughput);
}

#[test]
fn think_time_workers_and_timeout_change_what_comes_out() {
    let page = open();
    page.click_button("100");
    page.expect_headline("The user waits 4.27 s at 100 users.");
    page.enter(&named("Client timeout"), "4");
    page.expect_headline("At 100 users the mean answer takes 4.27 s; clients give up after 4 s.");
    page.enter(&named("Client timeout"), "10");
    page.enter(&named("Think time"), "3");
    check(&page, |scenario| scenario.workload = closed(100, 3.0));
    page.enter(&named("Think time"), "1");
    page.enter(&named("API workers"), "40");
    check(&page, |scenario| scenario.workers = Servers::new(40));
}

#[test]
fn orders_can_come_at_a_rate_of_their_own() {
    let page = open();
    page.click_button("Orders per second");
    page.expect_value(&named("Orders per second"), "4.9");
    page.enter(&named("Orders per second"), "12");
    check(&page, |scenario| scenario.workload = Workload::Open { arrival_rate: Rate::per_second(12.0) });
    page.wait_until("harness.text('h1').endsWith('at 12 orders/s.')");
    page.enter(&named("Orders per second"), "24/s");
    page.expect_headline("The line never stops growing: 24 orders/s come, 18.96 can be answered.");
    page.expect_text_contains(".lead", &["5.0"]);
    // An open workload has no think time.
    page.expect_count(&named("Think time"), 0);
    page.click_button("Users");
    // The users from before are back.
    page.expect_value(&named("Users"), "10");
}
