//! The view Live: the simulation in its worker or in the page, its controls and its charts.

mod charts;
mod new_version;
mod playback;
mod worker;

use serde_json::json;
use waiting_line::session::{Action, Session, View, share_link};
use waiting_line::units::Users;

use crate::support::{Page, Screen, Site, Theme};

/// The clock of a run that has just been opened.
const START: &str = "40 s of 10 min";

/// Returns a link to Live with the shop at a number of users and a seed.
fn link_to_live(users: u64, seed: u32) -> String {
    let mut session = Session::new();
    session.apply(Action::SetUsers(Users::new(users)));
    session.apply(Action::SetSeed(seed));
    session.apply(Action::Show(View::Live));
    share_link::encode(&session)
}

/// Opens Live with the shop and all its tables open.
fn open_live(site: &Site, users: u64, seed: u32) -> Page {
    let page = site.open_at(&link_to_live(users, seed), Screen::LAPTOP, Theme::Light);
    wait_for_clock(&page, START);
    open_tables(&page);
    page
}

/// Waits until the clock shows a time and the run is paused.
#[track_caller]
fn wait_for_clock(page: &Page, clock: &str) {
    page.wait_until(&format!(
        "harness.find('.run-clock').innerText === {} && harness.find('.run-play').innerText === 'Play'",
        json!(clock)
    ));
}

/// Moves the time slider.
fn seek(page: &Page, seconds: u32) {
    page.run(&format!(
        "const slider = harness.find('.run-moment input');
         slider.value = {seconds};
         slider.dispatchEvent(new Event('input', {{ bubbles: true }}))"
    ));
}

fn click_control(page: &Page, name: &str) {
    page.click(&format!(".run-controls button[aria-label='{name}']"));
}

/// Opens all tables, which get their rows only then.
fn open_tables(page: &Page) {
    page.run("harness.findAll('.run details').forEach((details) => { details.open = true })");
    page.wait_until("harness.findAll('.run table').every((table) => table.rows.length > 1)");
}

/// The JavaScript expression for the texts and tables of a run.
const RUN_TEXT: &str = "['.run h1', '.run .lead', '.run-clock', '.run-places table', '.run-strips']
    .map((selector) => harness.find(selector).textContent).join('\\n')";

/// Returns the texts and tables of a run once the page is idle.
#[track_caller]
fn run_text(page: &Page) -> String {
    page.wait_until_idle();
    page.eval(RUN_TEXT).as_str().unwrap().to_owned()
}
