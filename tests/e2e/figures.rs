//! The figures on the screen against the reference numbers of the model.

use crate::explorer::{latency, named, settings, switch};
use crate::support::{Page, Screen, Stage, Theme};

const RESOURCES: &str = "Resources at this load";

fn open(preset: &str) -> Page {
    let page = Stage::release().open(Screen::LAPTOP, Theme::Light);
    page.load_preset(preset);
    page
}

/// At so many users: the sentence, and the clock that counts up to the answer.
#[track_caller]
fn check(page: &Page, users: &str, sentence: &str, answered: &str) {
    page.enter(&named("Users"), users);
    page.says(sentence);
    assert_eq!(page.clock("answered"), answered);
}

#[test]
fn all_synchronous_is_fine_at_10_crawls_at_100_and_fails_at_500() {
    let page = open("all-sync");
    check(&page, "10", "The user waits 1,050 ms at 10 users.", "1,050 ms");
    check(&page, "100", "The user waits 4.27 s at 100 users.", "4.27 s");
    let late = "At 500 users the mean answer takes 25.4 s; clients give up after 10 s.";
    check(&page, "500", late, "25.4 s");
    assert!(page.text(".sat-advice").contains("all taken at 18.96 orders/s"), "{}", page.text(".sat-advice"));
    assert_eq!(page.text(".chart .panel-title"), "The mean is beyond the client timeout");
}

#[test]
fn hybrid_moves_the_wall_and_its_email_falls_behind() {
    let page = open("hybrid");
    check(&page, "10", "The user waits 500 ms at 10 users.", "500 ms");
    check(&page, "100", "The user waits 2.12 s at 100 users.", "2.12 s");
    let late = "At 500 users the mean answer takes 14.6 s; clients give up after 10 s.";
    check(&page, "500", late, "14.6 s");
    assert_eq!(page.clock("wall"), "32.0/s");
    assert_eq!(page.clock("completed"), "falls behind");
    assert_eq!(page.text(".pill"), "email lag +2.0/s");
    assert_eq!(page.cell(RESOURCES, "Email consumers", "state"), "grows 2.0/s");
    let advice = page.text(".sat-advice");
    for part in ["Email’s 12 connections are full at 30.0 orders/s", "its backlog grows", "32.01 orders/s"]
    {
        assert!(advice.contains(part), "{part} in {advice}");
    }
}

#[test]
fn a_slow_email_makes_everybody_wait() {
    let page = open("slow-email");
    page.says("The user waits 3.65 s at 10 users.");
    assert_eq!(page.clock("wall"), "4.0/s");
    assert!(page.text(".sat-advice").contains("3.999 orders/s"), "{}", page.text(".sat-advice"));
    page.click(&switch("Send email"));
    page.says("The user waits 650 ms at 10 users.");
}

#[test]
fn of_200_orders_in_flight_each_step_holds_its_share() {
    let page = open("all-sync");
    for step in ["Validate payment", "Check inventory", "Send email", "Update analytics"] {
        page.click(&settings(step));
        page.enter(".details [aria-label=Connections]", "200");
        page.click(&settings(step));
    }
    page.enter(&named("API workers"), "200");
    page.enter(&named("Think time"), "0");
    page.enter(&named("Users"), "200");
    page.says("The user waits 1,050 ms at 200 users.");
    let shares = [("Payment", "57.1"), ("Inventory", "38.1"), ("Email", "76.2"), ("Analytics", "28.6")];
    for (step, in_flight) in shares {
        assert_eq!(page.cell(RESOURCES, step, "in flight"), in_flight, "{step}");
        assert!(page.text(".sat").contains(&format!("{in_flight} in flight")), "{}", page.text(".sat"));
    }
    assert_eq!(page.cell(RESOURCES, "API workers", "in flight"), "200");
}

#[test]
fn the_wait_is_drawn_before_the_work() {
    let page = open("all-sync");
    page.enter(&named("Users"), "100");
    assert!(
        page.text(".lead").starts_with("1,050 ms is work. 3.22 s is standing in line."),
        "{}",
        page.text(".lead")
    );
    let pool = ".lane[data-kind=pool]";
    assert!(page.text(pool).contains("all busy"), "{}", page.text(pool));
    let wait =
        page.value("document.querySelector('.lane[data-kind=pool] .block').getBoundingClientRect().width");
    let (left, right, _) = page.bar_and_line("Validate payment");
    let (wait, payment) = (wait.as_f64().unwrap(), right - left);
    assert!(wait > 8.0 * payment, "the wait for a worker is {wait} px wide, payment's 300 ms are {payment}");
    page.enter(&latency("Send email"), "3000");
    assert!(page.count(".block[data-kind=wait]:not([hidden])") >= 1);
}

#[test]
fn however_short_the_work_beside_the_wait_it_ends_at_the_line() {
    let page = open("all-sync");
    for users in ["500", "10000", "100000000"] {
        page.enter(&named("Users"), users);
        for step in ["Validate payment", "Check inventory", "Send email", "Update analytics"] {
            let (_, right, line) = page.bar_and_line(step);
            assert!(right < line + 2.0, "{users} users: {step} ends {} px behind the line", right - line);
        }
    }
}

#[test]
fn where_the_line_never_stops_growing_its_flag_tells_no_moment_of_the_answer() {
    let page = open("flash-sale");
    assert_eq!(page.text(".the-line-flag"), "answer, once a worker is free");
    page.click(&switch("Send email"));
    page.click(&switch("Update analytics"));
    page.says("The user waits 536 ms at 24 orders/s.");
    assert_eq!(page.text(".the-line-flag"), "the user has the answer");
}
