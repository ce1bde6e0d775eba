//! The figures on the screen compared with reference numbers of the queueing model.

use crate::controls::{async_switch, latency_field, named, settings_button};
use crate::support::{Page, Screen, Site, Theme};

const RESOURCES: &str = "Resources at this load";

fn open(preset: &str) -> Page {
    let page = Site::release().open(Screen::LAPTOP, Theme::Light);
    page.load_preset(preset);
    page
}

/// Expects the headline and the mean response time at a number of users.
#[track_caller]
fn check(page: &Page, users: &str, headline: &str, answered: &str) {
    page.enter(&named("Users"), users);
    page.expect_headline(headline);
    page.expect_metric("answered", answered);
}

#[test]
fn all_synchronous_is_fine_at_10_crawls_at_100_and_fails_at_500() {
    let page = open("all-sync");
    check(&page, "10", "The user waits 1,050 ms at 10 users.", "1,050 ms");
    check(&page, "100", "The user waits 4.27 s at 100 users.", "4.27 s");
    let late = "At 500 users the mean answer takes 25.4 s; clients give up after 10 s.";
    check(&page, "500", late, "25.4 s");
    page.expect_text_contains(".sat-advice", &["all taken at 18.96 orders/s"]);
    page.expect_text(".chart .panel-title", "The mean is beyond the client timeout");
}

#[test]
fn hybrid_moves_the_wall_and_its_email_falls_behind() {
    let page = open("hybrid");
    check(&page, "10", "The user waits 500 ms at 10 users.", "500 ms");
    check(&page, "100", "The user waits 2.12 s at 100 users.", "2.12 s");
    let late = "At 500 users the mean answer takes 14.6 s; clients give up after 10 s.";
    check(&page, "500", late, "14.6 s");
    page.expect_metric("wall", "32.0/s");
    page.expect_metric("completed", "falls behind");
    page.expect_text(".pill", "email lag +2.0/s");
    assert_eq!(page.cell(RESOURCES, "Email consumers", "state"), "grows 2.0/s");
    let advice = ["Email’s 12 connections are full at 30.0 orders/s", "its backlog grows", "32.01 orders/s"];
    page.expect_text_contains(".sat-advice", &advice);
}

#[test]
fn a_slow_email_makes_everybody_wait() {
    let page = open("slow-email");
    page.expect_headline("The user waits 3.65 s at 10 users.");
    page.expect_metric("wall", "4.0/s");
    page.expect_text_contains(".sat-advice", &["3.999 orders/s"]);
    page.click(&async_switch("Send email"));
    page.expect_headline("The user waits 650 ms at 10 users.");
}

#[test]
fn of_200_orders_in_flight_each_step_holds_its_share() {
    let page = open("all-sync");
    for step in ["Validate payment", "Check inventory", "Send email", "Update analytics"] {
        page.click(&settings_button(step));
        page.enter(".details [aria-label=Connections]", "200");
        page.click(&settings_button(step));
    }
    page.enter(&named("API workers"), "200");
    page.enter(&named("Think time"), "0");
    page.enter(&named("Users"), "200");
    page.expect_headline("The user waits 1,050 ms at 200 users.");
    let shares = [("Payment", "57.1"), ("Inventory", "38.1"), ("Email", "76.2"), ("Analytics", "28.6")];
    for (step, in_flight) in shares {
        assert_eq!(page.cell(RESOURCES, step, "in flight"), in_flight, "{step}");
        page.expect_text_contains(".sat", &[&format!("{in_flight} in flight")]);
    }
    assert_eq!(page.cell(RESOURCES, "API workers", "in flight"), "200");
}

#[test]
fn the_wait_is_drawn_before_the_work() {
    let page = open("all-sync");
    page.enter(&named("Users"), "100");
    page.wait_until("harness.text('.lead').startsWith('1,050 ms is work. 3.22 s is standing in line.')");
    page.expect_text_contains(".lane[data-kind=pool]", &["all busy"]);
    let (left, right, _) = page.bar_edges_and_answer_line("Validate payment");
    let wait = page.eval("harness.find('.lane[data-kind=pool] .block').getBoundingClientRect().width");
    let (wait, payment) = (wait.as_f64().unwrap(), right - left);
    assert!(wait > 8.0 * payment, "the wait for a worker is {wait} px wide, payment's 300 ms are {payment}");
    page.enter(&latency_field("Send email"), "3000");
    page.wait_until("harness.find('.block[data-kind=wait]:not([hidden])')");
}

#[test]
fn however_short_the_work_beside_the_wait_it_ends_at_the_line() {
    let page = open("all-sync");
    for users in ["500", "10000", "100000000"] {
        page.enter(&named("Users"), users);
        for step in ["Validate payment", "Check inventory", "Send email", "Update analytics"] {
            let (_, right, line) = page.bar_edges_and_answer_line(step);
            assert!(right < line + 2.0, "{users} users: {step} ends {} px after the line", right - line);
        }
    }
}

#[test]
fn where_the_line_never_stops_growing_its_flag_tells_no_moment_of_the_answer() {
    let page = open("flash-sale");
    page.expect_text(".the-line-flag", "answer, once a worker is free");
    page.click(&async_switch("Send email"));
    page.click(&async_switch("Update analytics"));
    page.expect_headline("The user waits 536 ms at 24 orders/s.");
    page.expect_text(".the-line-flag", "the user has the answer");
}
