//! The simulation's program in its worker: the same traces as natively, its speed, and a page that stays
//! responsive.

use std::fmt::Write;
use std::time::Instant;

use serde_json::json;
use waiting_line::live::{ExperimentRules, Request, Response};
use waiting_line::scenario::Workload;
use waiting_line::session::{Action, Session, View, share_link};
use waiting_line::simulation::{EndCondition, Experiment};
use waiting_line::units::{Rate, Servers};

use super::{START, click_control, wait_for_clock};
use crate::pairs;
use crate::support::{Browser, Page, Screen, Site, Theme, key};

/// Sends requests one after another to a new worker. Returns the responses and the time that they took in
/// milliseconds.
fn send_to_worker(page: &Page, requests: &[Request]) -> (Vec<Response>, f64) {
    let mut list = String::from("[");
    for request in requests {
        write!(list, "{:?},", postcard::to_allocvec(request).unwrap()).unwrap();
    }
    let result = page.run(&format!(
        "const {{ connect }} = await waitingLineSimulation();
         const requests = {list}];
         const responses = [];
         let connection, started;
         await new Promise((done, fail) => {{
           const sendNext = () => {{
             if (responses.length === requests.length) return done();
             connection.send(new Uint8Array(requests[responses.length]));
           }};
           const onAnswer = (bytes) => {{
             responses.push([...bytes]);
             sendNext();
           }};
           const onState = (state) => {{
             if (state !== 'worker') return fail(new Error(state));
             started = performance.now();
             sendNext();
           }};
           connection = connect(onAnswer, onState);
         }});
         const duration = performance.now() - started;
         connection.close();
         return {{ responses, duration }}"
    ));
    let bytes: Vec<Vec<u8>> = serde_json::from_value(result["responses"].clone()).unwrap();
    let responses = bytes.iter().map(|bytes| postcard::from_bytes(bytes).unwrap()).collect();
    (responses, result["duration"].as_f64().unwrap())
}

#[test]
fn two_hundred_runs_are_the_same_here_and_there() {
    let native: Vec<u64> = pairs::digests();
    let requests = pairs::for_each_experiment(|experiment| Request::TraceDigest {
        scenario: Box::new(experiment.scenario.clone()),
        rules: Box::new(ExperimentRules::from_experiment(experiment)),
        events: pairs::EVENTS,
    });
    let page = Site::release().open(Screen::LAPTOP, Theme::Light);
    let (responses, _) = send_to_worker(&page, &requests);
    let digests: Vec<u64> = responses
        .iter()
        .map(|answer| match answer {
            Response::TraceDigest(digest) => *digest,
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(digests.len(), pairs::PAIRS as usize);
    assert_eq!(pairs::combine_digests(&digests), pairs::combine_digests(&native));
    assert_eq!(digests, native);
}

/// Returns the shop of `benches/simulation.rs`: four stations in tandem, 60 workers, 20 orders per second.
fn tandem_shop() -> Session {
    let mut session = Session::new();
    session.apply(Action::SetWorkload(Workload::Open { arrival_rate: Rate::per_second(20.0) }));
    session.apply(Action::SetWorkers(Servers::new(60)));
    session
}

/// Returns the same shop 170 times as large, which has ten million events in ten minutes.
fn large_shop() -> Session {
    let mut session = tandem_shop();
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
    let page = Site::release().open(Screen::LAPTOP, Theme::Light);
    let shop = tandem_shop();
    let endless = Experiment::new(shop.scenario()).with_end(EndCondition::Orders(u64::MAX));
    let scenario = Box::new(shop.scenario().clone());
    let digest = Request::TraceDigest {
        scenario: scenario.clone(),
        rules: Box::new(ExperimentRules::from_experiment(&endless)),
        events: 10_000_000,
    };
    let (_, duration) = send_to_worker(&page, &[digest]);
    let recorded = 10_000_000.0 / duration / 1e3;
    // Forty runs of 6,000 orders with five events each.
    let sweep =
        [Request::StartSweep { scenario, loads: vec![20.0; 40] }, Request::ContinueSweep { budget: 1e6 }];
    let (_, duration) = send_to_worker(&page, &sweep);
    let plain = 40.0 * 6_000.0 * 5.0 / duration / 1e3;
    println!(
        "tandem: {plain:.1} M events/s, with a digest of every record {recorded:.1}, in {:?}",
        Browser::current()
    );
    assert!(plain > 0.5 && recorded > 0.5, "{plain} and {recorded} M events/s");
}

/// Opens and closes a dialog and types into a field again and again; returns the number of rounds.
fn interact_while(page: &Page, mut goes_on: impl FnMut() -> bool) -> usize {
    let mut rounds = 0;
    while goes_on() {
        page.click("button[aria-label=Display]");
        page.press_keys(&[key::ESCAPE]);
        page.focus(".run-order input");
        page.type_text("1");
        rounds += 1;
    }
    rounds
}

/// Takes the times from each input to the next painted frame since the last call, in milliseconds, shortest
/// first.
fn take_input_delays(page: &Page) -> Vec<f64> {
    // The browser reports an input some time after it was painted.
    page.run("await harness.delay(300)");
    let mut delays: Vec<f64> = serde_json::from_value(page.eval("window.inputDelays.splice(0)")).unwrap();
    delays.sort_by(f64::total_cmp);
    delays
}

#[test]
fn the_page_answers_while_ten_million_events_run() {
    if Browser::current() == Browser::Firefox {
        // Firefox has no performance observer for the duration of an input event.
        return;
    }
    let page = Site::release().open_at(&share_link::encode(&large_shop()), Screen::LAPTOP, Theme::Light);
    wait_for_clock(&page, START);
    page.devtools("Emulation.setCPUThrottlingRate", &json!({ "rate": 4 }));
    page.run(
        "window.inputDelays = [];
         new PerformanceObserver((list) => {
           for (const entry of list.getEntries()) if (entry.interactionId) inputDelays.push(entry.duration);
         }).observe({ type: 'event', durationThreshold: 16 })",
    );
    let mut rounds_left = 0..12;
    interact_while(&page, || rounds_left.next().is_some());
    let at_rest = take_input_delays(&page);
    let started = Instant::now();
    click_control(&page, "To the end");
    page.expect_text(".run-play", "Pause");
    let rounds = interact_while(&page, || {
        assert!(started.elapsed().as_secs() < 240, "{}", page.text(".run-clock"));
        page.text(".run-play") == "Pause"
    });
    let seconds = started.elapsed().as_secs_f64();
    let busy = take_input_delays(&page);
    // Inputs that were painted at once are not reported.
    let quantile = |delays: &[f64], share: f64| {
        delays.get((delays.len() as f64 * share) as usize).copied().unwrap_or_default()
    };
    let (usual, slow, message) = (quantile(&busy, 0.75), quantile(&busy, 0.98), page.text(".run-said"));
    let before = quantile(&at_rest, 0.75);
    println!(
        "{message}\n{rounds} rounds of input in {seconds:.1} s; 75 % within {usual} ms, \
         98 % within {slow} ms; at rest 75 % within {before} ms"
    );
    assert!(message.starts_with("Stopped after 10,000,000 events"), "{message}");
    assert!(rounds >= 1, "the run was over before an input could be sent");
    // Compared with the same page at rest, since the machine's speed and its other work affect both. The
    // worker takes one of its cores.
    assert!(usual <= 4.0 * before.max(50.0), "at rest {at_rest:?}, while it runs {busy:?}");
}
