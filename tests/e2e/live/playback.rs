//! A run in Live: played, paused, stepped and sought, in a worker or in the page.

use serde_json::json;

use super::{START, click_control, link_to_live, open_live, open_tables, run_text, seek, wait_for_clock};
use crate::support::{Page, Screen, Site, Theme, axe_script};

#[track_caller]
fn expect_starts_with(page: &Page, selector: &str, start: &str) {
    page.wait_until(&format!("harness.text({}).startsWith({})", json!(selector), json!(start)));
}

#[test]
fn the_simulation_comes_once_and_only_to_those_who_watch() {
    let page = Site::release().open(Screen::LAPTOP, Theme::Light);
    page.wait_until_idle();
    assert!(!page.downloads().iter().any(|url| url.contains("simulation")), "{:?}", page.downloads());
    page.click_button("Live");
    wait_for_clock(&page, START);
    expect_starts_with(&page, ".run h1", "Theory 1,050 ms, simulated ");
    page.expect_count(".notice", 0);
    assert_eq!(page.errors(), [""; 0]);
}

#[test]
fn a_run_plays_and_pauses() {
    let page = open_live(&Site::release(), 40, 7_042);
    page.select_option(".run-speed select", "10");
    page.click(".run-play");
    page.wait_until(&format!("harness.text('.run-clock') !== {}", json!(START)));
    page.click(".run-play");
    page.expect_text(".run-play", "Play");
    page.wait_until_idle();
    let paused = page.text(".run-clock");
    page.run("await harness.delay(400)");
    page.expect_text(".run-clock", &paused);
}

#[test]
fn the_link_brings_the_same_run_and_new_luck_another() {
    let site = Site::release();
    let texts = [5, 5, 6].map(|seed| {
        let page = open_live(&site, 100, seed);
        seek(&page, 90);
        wait_for_clock(&page, "1 min 30 s of 10 min");
        let text = run_text(&page);
        let shown_seed = page.input_value(".run-seed input");
        page.click(".run-seed button");
        page.wait_until(&format!("harness.find('.run-seed input').value !== {}", json!(shown_seed)));
        wait_for_clock(&page, "1 min 30 s of 10 min");
        assert_ne!(run_text(&page), text);
        text
    });
    assert_eq!(texts[0], texts[1]);
    assert_ne!(texts[0], texts[2]);
}

#[test]
fn steps_go_on_and_back() {
    let page = open_live(&Site::release(), 10, 7_042);
    click_control(&page, "One event on");
    expect_starts_with(&page, ".run-said", "order ");
    let before = run_text(&page);
    for _ in 0..40 {
        click_control(&page, "One event on");
    }
    assert_ne!(run_text(&page), before);
    for _ in 0..40 {
        click_control(&page, "One event back");
    }
    assert_eq!(run_text(&page), before);
}

#[test]
fn a_moment_is_the_same_from_both_sides() {
    let page = open_live(&Site::release(), 100, 7_042);
    seek(&page, 60);
    wait_for_clock(&page, "1 min of 10 min");
    let from_before = run_text(&page);
    seek(&page, 240);
    wait_for_clock(&page, "4 min of 10 min");
    assert_ne!(run_text(&page), from_before);
    seek(&page, 60);
    wait_for_clock(&page, "1 min of 10 min");
    assert_eq!(run_text(&page), from_before);
    click_control(&page, "To the start");
    wait_for_clock(&page, "0 s of 10 min");
    click_control(&page, "To the end");
    wait_for_clock(&page, "10 min of 10 min");
    expect_starts_with(&page, ".run h1", "Theory 4.27 s, simulated 4.");
    expect_starts_with(&page, ".run-said", "Ten minutes are over");
}

#[test]
fn an_order_can_be_followed() {
    let page = open_live(&Site::release(), 40, 7_042);
    page.enter(".run-order input", "12");
    expect_starts_with(&page, ".run-course h2", "Order 12 was answered after ");
    page.wait_until("harness.findAll('.run-course tbody tr').length >= 10");
    page.expect_text_contains(".run-course .chart-summary", &["of waiting before the answer"]);
}

#[test]
fn without_a_worker_the_same_run_goes_on_in_the_page() {
    let with_worker = open_live(&Site::release(), 40, 7_042);
    let without_worker = open_live(&Site::release().with_preload_script("delete window.Worker"), 40, 7_042);
    without_worker.expect_text_contains(".notice", &["within the page"]);
    for page in [&with_worker, &without_worker] {
        seek(page, 60);
        wait_for_clock(page, "1 min of 10 min");
    }
    assert_eq!(run_text(&with_worker), run_text(&without_worker));
    without_worker.click(".run-play");
    without_worker.expect_text(".run-clock", "1 min 2 s of 10 min");
    without_worker.screenshot("live-in-the-page");
}

#[test]
fn a_worker_that_breaks_is_replaced_by_the_page_at_the_same_moment() {
    let keep_worker = "window.Worker = class extends window.Worker {
        constructor(...all) { super(...all); window.simulationWorker = this; }
    }";
    let page = open_live(&Site::release().with_preload_script(keep_worker), 40, 7_042);
    seek(&page, 60);
    wait_for_clock(&page, "1 min of 10 min");
    let before = run_text(&page);
    page.run("simulationWorker.onerror(new ErrorEvent('error'))");
    page.wait_until("harness.find('.notice')");
    wait_for_clock(&page, "1 min of 10 min");
    assert_eq!(run_text(&page), before);
}

#[test]
fn a_simulation_that_does_not_come_is_told_and_can_be_asked_for_again() {
    let refuse = "const realFetch = window.fetch;
        window.fetch = (url, ...all) => String(url).includes('simulation') && !window.isBack
          ? Promise.reject(new TypeError('cut')) : realFetch(url, ...all);
        delete window.Worker";
    let site = Site::release().with_preload_script(refuse);
    let page = site.open_at(&link_to_live(10, 1), Screen::LAPTOP, Theme::Light);
    page.expect_text_contains(".run [role=alert]", &["Check the connection"]);
    page.run("window.isBack = true");
    page.click(".run [role=alert] .action");
    wait_for_clock(&page, START);
}

#[test]
fn a_hidden_page_pauses_and_says_so() {
    let page = open_live(&Site::release(), 10, 7_042);
    page.click(".run-play");
    page.wait_until(&format!("harness.text('.run-clock') !== {}", json!(START)));
    page.hide();
    page.expect_text(".run-said", "Paused while the page was hidden.");
    page.expect_text(".run-play", "Play");
}

#[test]
fn where_motion_is_reduced_nothing_moves_between_two_readings() {
    let page = open_live(&Site::release().with_reduced_motion(), 40, 7_042);
    page.click(".run-play");
    let pictures = page.run(
        "const pictures = new Set();
         for (const end = performance.now() + 2000; performance.now() < end; await harness.delay(50))
           pictures.add(harness.findAll('.run-stage canvas').map((canvas) => canvas.toDataURL()).join());
         return pictures.size",
    );
    assert!(pictures.as_u64().unwrap() <= 4, "{pictures} pictures in two seconds");
    assert_ne!(page.text(".run-clock"), START);
}

#[test]
fn the_view_is_usable_without_seeing_it() {
    for (screen, theme) in [(Screen::LAPTOP, Theme::Light), (Screen::PHONE, Theme::Dark)] {
        let page = Site::release().open_at(&link_to_live(40, 7_042), screen, theme);
        wait_for_clock(&page, START);
        open_tables(&page);
        page.run(&axe_script());
        let violations = page.run(
            "const { violations } = await axe.run('.run');
             return violations.map(({ id, nodes }) => `${id} ${nodes[0].html}`)",
        );
        assert_eq!(violations, json!([]));
        page.expect_eval(
            "harness.findAll('.run button, .run input, .run select').filter((control) =>
               !(control.innerText || control.ariaLabel || control.labels?.[0]?.innerText)).length",
            0,
        );
        page.wait_until("document.documentElement.scrollWidth <= innerWidth");
    }
}

#[test]
fn every_size_and_theme_has_its_picture() {
    for (screen, name) in [(Screen::LAPTOP, "laptop"), (Screen::PHONE, "phone"), (Screen::PROJECTOR, "wide")]
    {
        for (theme, shade) in [(Theme::Light, "light"), (Theme::Dark, "dark")] {
            let page = Site::release().open_at(&link_to_live(40, 7_042), screen, theme);
            wait_for_clock(&page, START);
            page.wait_until_idle();
            page.screenshot(&format!("live-{name}-{shade}"));
        }
    }
}
