//! Live: the simulation beside the page, in both of its places, and what one can do with it.

use std::fmt::Write;
use std::time::Instant;

use serde_json::json;
use waiting_line::live::{ExperimentRules, Request, Response};
use waiting_line::scenario::Workload;
use waiting_line::session::{Action, Session, View, share_link};
use waiting_line::simulation::{Experiment, Until};
use waiting_line::units::{Rate, Servers, Users};

use crate::pairs;
use crate::support::{Browser, Page, Screen, Stage, Theme, axe_script, key};

/// A link to Live with the shop at so many users and a seed.
pub(crate) fn link_to(users: u64, seed: u32) -> String {
    let mut session = Session::new();
    session.apply(Action::SetUsers(Users::new(users)));
    session.apply(Action::SetSeed(seed));
    session.apply(Action::Show(View::Live));
    share_link::encode(&session)
}

pub(crate) fn watch(stage: &Stage, users: u64, seed: u32) -> Page {
    let page = stage.open_at(&link_to(users, seed), Screen::LAPTOP, Theme::Light);
    wait_for(&page, "40 s of 10 min");
    open_tables(&page);
    page
}

/// Waits until the clock says that, and the run stands.
pub(crate) fn wait_for(page: &Page, clock: &str) {
    page.wait_until(&format!(
        "document.querySelector('.run-clock')?.innerText === {} && document.querySelector('.run-play').innerText === 'Play'",
        json!(clock)
    ));
}

/// Moves the slider of the moment.
pub(crate) fn scrub(page: &Page, seconds: u32) {
    page.run(&format!(
        "const slider = document.querySelector('.run-moment input'); slider.value = {seconds};
         slider.dispatchEvent(new Event('input', {{ bubbles: true }}))"
    ));
}

fn press(page: &Page, name: &str) {
    page.click(&format!(".run-controls button[aria-label='{name}']"));
}

/// Opens every table, which is written only then.
pub(crate) fn open_tables(page: &Page) {
    page.run("document.querySelectorAll('.run details').forEach((it) => { it.open = true })");
    page.wait_until("[...document.querySelectorAll('.run table')].every((it) => it.rows.length > 1)");
}

/// Everything that a run says in words.
fn told(page: &Page) -> String {
    let text = "['.run h1', '.run .lead', '.run-clock', '.run-places table', '.run-strips']
        .map((place) => document.querySelector(place).textContent).join('\\n')";
    page.value(text).as_str().unwrap().to_owned()
}

fn clock(page: &Page) -> String {
    page.text(".run-clock")
}

#[test]
fn the_simulation_comes_once_and_only_to_those_who_watch() {
    let page = Stage::release().open(Screen::LAPTOP, Theme::Light);
    let simulation = |page: &Page| page.fetched().iter().filter(|url| url.contains("simulation")).count();
    assert_eq!(simulation(&page), 0);
    page.run("[...document.querySelectorAll('nav button')].find((it) => it.innerText === 'Live').click()");
    wait_for(&page, "40 s of 10 min");
    assert!(page.text(".run h1").starts_with("Theory 1,050 ms, simulated "), "{}", page.text(".run h1"));
    assert_eq!(page.count(".notice"), 0);
    assert_eq!(page.complaints(), [""; 0]);
}

#[test]
fn a_run_plays_and_pauses() {
    let page = watch(&Stage::release(), 40, 7_042);
    page.run("const speed = document.querySelector('.run-speed select'); speed.value = '10'; speed.dispatchEvent(new Event('change', { bubbles: true }))");
    page.click(".run-play");
    page.wait_until("document.querySelector('.run-clock').innerText > '25'");
    page.click(".run-play");
    page.wait_until("document.querySelector('.run-play').innerText === 'Play'");
    page.run("await new Promise((done) => setTimeout(done, 400))");
    let stopped = clock(&page);
    page.run("await new Promise((done) => setTimeout(done, 400))");
    assert_eq!(clock(&page), stopped);
}

#[test]
fn the_link_brings_the_same_run_and_new_luck_another() {
    let stage = Stage::release();
    let runs = [watch(&stage, 100, 5), watch(&stage, 100, 5), watch(&stage, 100, 6)].map(|page| {
        scrub(&page, 90);
        wait_for(&page, "1 min 30 s of 10 min");
        let seed = page.value("document.querySelector('.run-seed input').value");
        let before = told(&page);
        page.click(".run-seed button");
        page.wait_until(&format!("document.querySelector('.run-seed input').value !== {seed}"));
        page.wait_until(&format!("document.querySelector('.run .lead').textContent !== '' && document.querySelector('.run h1').textContent !== {}", json!(before.lines().next())));
        wait_for(&page, "1 min 30 s of 10 min");
        assert_ne!(told(&page), before);
        before
    });
    assert_eq!(runs[0], runs[1]);
    assert_ne!(runs[0], runs[2]);
}

#[test]
fn steps_go_on_and_back() {
    let page = watch(&Stage::release(), 10, 7_042);
    let settle = || page.run("await new Promise((done) => setTimeout(done, 500))");
    press(&page, "One event on");
    page.wait_until("document.querySelector('.run-said').innerText.startsWith('order ')");
    settle();
    let before = told(&page);
    for _ in 0..40 {
        press(&page, "One event on");
    }
    settle();
    assert_ne!(told(&page), before);
    for _ in 0..40 {
        press(&page, "One event back");
    }
    settle();
    assert_eq!(told(&page), before);
}

#[test]
fn a_moment_is_the_same_from_both_sides() {
    let page = watch(&Stage::release(), 100, 7_042);
    scrub(&page, 60);
    wait_for(&page, "1 min of 10 min");
    let coming = told(&page);
    scrub(&page, 240);
    wait_for(&page, "4 min of 10 min");
    assert_ne!(told(&page), coming);
    scrub(&page, 60);
    wait_for(&page, "1 min of 10 min");
    assert_eq!(told(&page), coming);
    press(&page, "To the start");
    wait_for(&page, "0 s of 10 min");
    press(&page, "To the end");
    wait_for(&page, "10 min of 10 min");
    let headline = page.text(".run h1");
    assert!(headline.starts_with("Theory 4.27 s, simulated 4."), "{headline}");
    assert!(page.text(".run-said").starts_with("Ten minutes are over"), "{}", page.text(".run-said"));
}

#[test]
fn an_order_can_be_followed() {
    let page = watch(&Stage::release(), 40, 7_042);
    page.focus(".run-order input");
    page.run("document.querySelector('.run-order input').select()");
    page.write("12");
    page.press(&[key::ENTER]);
    page.wait_until(
        "document.querySelector('.run-course h2').innerText.startsWith('Order 12 was answered after ')",
    );
    assert!(page.count(".run-course tbody tr") >= 10);
    assert!(page.text(".run-course .chart-summary").contains("of waiting before the answer"));
}

#[test]
fn without_a_worker_the_same_run_goes_on_in_the_page() {
    let with = watch(&Stage::release(), 40, 7_042);
    let without = watch(&Stage::release().with_prelude("delete window.Worker"), 40, 7_042);
    assert!(without.text(".notice").contains("within the page"), "{}", without.text(".run"));
    for page in [&with, &without] {
        scrub(page, 60);
        wait_for(page, "1 min of 10 min");
    }
    assert_eq!(told(&with), told(&without));
    without.click(".run-play");
    without.wait_until("document.querySelector('.run-clock').innerText === '1 min 2 s of 10 min'");
    without.screenshot("live-in-the-page");
}

#[test]
fn a_worker_that_breaks_is_replaced_by_the_page_at_the_same_moment() {
    let keep = "const Hired = window.Worker; window.Worker = class extends Hired {
        constructor(...all) { super(...all); window.hired = this; }
    }";
    let page = watch(&Stage::release().with_prelude(keep), 40, 7_042);
    scrub(&page, 60);
    wait_for(&page, "1 min of 10 min");
    let before = told(&page);
    page.run("window.hired.onerror(new ErrorEvent('error'))");
    page.wait_until("document.querySelector('.notice')");
    wait_for(&page, "1 min of 10 min");
    assert_eq!(told(&page), before);
}

#[test]
fn a_simulation_that_does_not_come_is_told_and_can_be_asked_for_again() {
    let cut = "const real = window.fetch; window.fetch = (url, ...all) =>
        String(url).includes('simulation') && !window.back ? Promise.reject(new TypeError('cut')) : real(url, ...all);
        delete window.Worker";
    let stage = Stage::release().with_prelude(cut);
    let page = stage.open_at(&link_to(10, 1), Screen::LAPTOP, Theme::Light);
    page.wait_until("document.querySelector('.run [role=alert]')");
    assert!(page.text(".run [role=alert]").contains("Check the connection"));
    page.run("window.back = true");
    page.click(".run [role=alert] .action");
    wait_for(&page, "40 s of 10 min");
}

#[test]
fn a_hidden_page_pauses_and_says_so() {
    let page = watch(&Stage::release(), 10, 7_042);
    page.click(".run-play");
    page.wait_until("document.querySelector('.run-clock').innerText !== '40 s of 10 min'");
    page.run(
        "Object.defineProperty(document, 'hidden', { get: () => true, configurable: true });
         document.dispatchEvent(new Event('visibilitychange', { bubbles: true }))",
    );
    page.wait_until("document.querySelector('.run-said').innerText === 'Paused while the page was hidden.'");
    assert_eq!(page.text(".run-play"), "Play");
}

#[test]
fn where_motion_is_reduced_nothing_moves_between_two_readings() {
    let page = watch(&Stage::release().with_reduced_motion(), 40, 7_042);
    page.click(".run-play");
    let pictures = page.run(
        "const seen = new Set();
         const until = performance.now() + 2000;
         while (performance.now() < until) {
             seen.add([...document.querySelectorAll('.run-stage canvas')].map((it) => it.toDataURL()).join());
             await new Promise((done) => setTimeout(done, 50));
         }
         return seen.size",
    );
    assert!(pictures.as_u64().unwrap() <= 4, "{pictures} pictures in two seconds");
    assert_ne!(clock(&page), "40 s of 10 min");
}

#[test]
fn the_view_is_usable_without_seeing_it() {
    for (screen, theme) in [(Screen::LAPTOP, Theme::Light), (Screen::PHONE, Theme::Dark)] {
        let page = Stage::release().open_at(&link_to(40, 7_042), screen, theme);
        wait_for(&page, "40 s of 10 min");
        open_tables(&page);
        page.run(&axe_script());
        let amiss =
            page.value("(await axe.run('.run')).violations.map((it) => it.id + ' ' + it.nodes[0].html)");
        assert_eq!(amiss, json!([]));
        let nameless = page.value(
            "[...document.querySelectorAll('.run button, .run input, .run select')].filter((it) =>
                !(it.innerText || it.getAttribute('aria-label') || it.labels?.[0]?.innerText)).length",
        );
        assert_eq!(nameless, 0);
        let beyond = page.value("document.documentElement.scrollWidth - innerWidth");
        assert!(beyond.as_i64().unwrap() <= 0, "{beyond} px too wide");
    }
}

#[test]
fn every_size_and_theme_has_its_picture() {
    for (screen, name) in [(Screen::LAPTOP, "laptop"), (Screen::PHONE, "phone"), (Screen::PROJECTOR, "wide")]
    {
        for (theme, shade) in [(Theme::Light, "light"), (Theme::Dark, "dark")] {
            let page = Stage::release().open_at(&link_to(40, 7_042), screen, theme);
            wait_for(&page, "40 s of 10 min");
            page.screenshot(&format!("live-{name}-{shade}"));
        }
    }
}

/// Asks a simulation of the test's own, one request after the other; the answers, and how many milliseconds they took.
fn ask(page: &Page, requests: &[Request]) -> (Vec<Response>, f64) {
    let mut list = String::from("[");
    for request in requests {
        write!(list, "{:?},", postcard::to_allocvec(request).unwrap()).unwrap();
    }
    let told = page.run(&format!(
        "const {{ connect }} = await window.waitingLineSimulation();
         const requests = {list}];
         const answers = [];
         let link, started;
         await new Promise((done, fail) => {{
             const next = () => answers.length < requests.length ? link.send(new Uint8Array(requests[answers.length])) : done();
             link = connect((bytes) => {{ answers.push([...bytes]); next(); }},
                            (state) => {{ if (state === 'worker') {{ started = performance.now(); next(); }} else fail(new Error(state)); }});
         }});
         link.close();
         return {{ answers, spent: performance.now() - started }}"
    ));
    let bytes: Vec<Vec<u8>> = serde_json::from_value(told["answers"].clone()).unwrap();
    let answers = bytes.iter().map(|bytes| postcard::from_bytes(bytes).unwrap()).collect();
    (answers, told["spent"].as_f64().unwrap())
}

#[test]
fn two_hundred_runs_are_the_same_here_and_there() {
    let native: Vec<u64> = pairs::digests();
    let requests = pairs::each(|experiment| Request::TraceDigest {
        scenario: Box::new(experiment.scenario.clone()),
        rules: Box::new(ExperimentRules::from_experiment(experiment)),
        events: pairs::EVENTS,
    });
    let page = Stage::release().open(Screen::LAPTOP, Theme::Light);
    let (answers, _) = ask(&page, &requests);
    let digests: Vec<u64> = answers
        .iter()
        .map(|answer| match answer {
            Response::TraceDigest(digest) => *digest,
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(digests.len(), pairs::PAIRS as usize);
    assert_eq!(pairs::digest_of_all(&digests), pairs::digest_of_all(&native));
    assert_eq!(digests, native);
}

/// The shop as the benchmark has it: four stations in tandem, a pool of sixty, twenty orders a second.
fn tandem() -> Session {
    let mut session = Session::new();
    session.apply(Action::SetWorkload(Workload::Open { arrival_rate: Rate::per_second(20.0) }));
    session.apply(Action::SetWorkers(Servers::new(60)));
    session
}

/// The same shop, 170 times as large: ten million events in ten minutes.
fn large() -> Session {
    let mut session = tandem();
    session.apply(Action::SetWorkload(Workload::Open { arrival_rate: Rate::per_second(3_400.0) }));
    session.apply(Action::SetWorkers(Servers::new(10_200)));
    let steps: Vec<_> = session.scenario().steps.iter().map(|step| (step.id, step.servers.count())).collect();
    for (id, servers) in steps {
        session.apply(Action::SetServers(id, Servers::new(servers * 170)));
    }
    session.apply(Action::Show(View::Live));
    session
}

#[test]
fn millions_of_events_a_second_happen_in_the_worker() {
    let page = Stage::release().open(Screen::LAPTOP, Theme::Light);
    let shop = tandem();
    let experiment = Experiment::new(shop.scenario());
    let endless = Until::Orders(u64::MAX);
    let rules = Box::new(ExperimentRules::from_experiment(&experiment.until(endless)));
    let scenario = Box::new(shop.scenario().clone());
    let digest = Request::TraceDigest { scenario: scenario.clone(), rules, events: 10_000_000 };
    let (_, spent) = ask(&page, &[digest]);
    let recorded = 10_000_000.0 / spent / 1e3;
    // Forty runs of 6,000 orders, of which each is five events.
    let sweep =
        [Request::StartSweep { scenario, loads: vec![20.0; 40] }, Request::ContinueSweep { budget: 1e6 }];
    let (_, spent) = ask(&page, &sweep);
    let plain = 40.0 * 6_000.0 * 5.0 / spent / 1e3;
    println!(
        "tandem: {plain:.1} M events/s, with a digest of every record {recorded:.1}, in {:?}",
        Browser::present()
    );
    assert!(plain > 0.5 && recorded > 0.5, "{plain} and {recorded} M events/s");
}

/// Opens and closes a dialog, and types into a field, as long as something goes on; how often.
fn touch(page: &Page, mut goes_on: impl FnMut() -> bool) -> usize {
    let mut turns = 0;
    while goes_on() {
        page.click("button[aria-label=Display]");
        page.press(&[key::ESCAPE]);
        page.focus(".run-order input");
        page.write("1");
        turns += 1;
    }
    turns
}

/// How long inputs took until the frame after them was painted, from the shortest to the longest, since the last time.
fn inputs(page: &Page) -> Vec<f64> {
    page.run("await new Promise((done) => setTimeout(done, 300))");
    let mut inputs: Vec<f64> = serde_json::from_value(page.value("window.inputs.splice(0)")).unwrap();
    inputs.sort_by(f64::total_cmp);
    inputs
}

#[test]
fn the_page_answers_while_ten_million_events_run() {
    if Browser::present() == Browser::Firefox {
        // Firefox has no such observer of how long an input took.
        return;
    }
    let page = Stage::release().open_at(&share_link::encode(&large()), Screen::LAPTOP, Theme::Light);
    wait_for(&page, "40 s of 10 min");
    page.devtools("Emulation.setCPUThrottlingRate", &json!({ "rate": 4 }));
    page.run(
        "window.inputs = []; new PerformanceObserver((list) => {
            for (const entry of list.getEntries()) if (entry.interactionId) inputs.push(entry.duration);
        }).observe({ type: 'event', durationThreshold: 16 })",
    );
    let mut left = 0..12;
    touch(&page, || left.next().is_some());
    let at_rest = inputs(&page);
    let started = Instant::now();
    press(&page, "To the end");
    let turns = touch(&page, || {
        assert!(started.elapsed().as_secs() < 240, "{}", clock(&page));
        page.value("document.querySelector('.run-play').innerText === 'Pause'") == true
    });
    let spent = started.elapsed().as_secs_f64();
    let busy = inputs(&page);
    // Inputs that were painted at once are not reported.
    let share = |inputs: &[f64], share: f64| {
        inputs.get((inputs.len() as f64 * share) as usize).copied().unwrap_or_default()
    };
    let (usual, slow, said) = (share(&busy, 0.75), share(&busy, 0.98), page.text(".run-said"));
    let before = share(&at_rest, 0.75);
    println!(
        "{said}\n{turns} turns of input in {spent:.1} s; 75 % within {usual} ms, 98 % within {slow} ms; at rest 75 % within {before} ms"
    );
    assert!(said.starts_with("Stopped after 10,000,000 events"), "{said}");
    assert!(turns >= 1, "the run was over before anything could be touched");
    // How fast the machine is, and what else it does, both share. The worker takes one of its cores.
    assert!(usual <= 4.0 * before.max(50.0), "at rest {at_rest:?}, while it runs {busy:?}");
}
