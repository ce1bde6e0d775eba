use super::*;
use crate::charts::Point;
use crate::live::protocol::Frame;
use crate::scenario::Workload;
use crate::units::{Time, Users};

fn shop_with(users: u64) -> Scenario {
    let workload = Workload::Closed { users: Users::new(users), think_time: Time::from_whole_seconds(1) };
    Scenario { workload, ..Scenario::online_shop() }
}

fn opened(users: u64) -> Host {
    let mut host = Host::default();
    host.respond(&Request::Open { scenario: Box::new(shop_with(users)) }, &|| 0.0);
    host
}

#[track_caller]
fn frame(host: &mut Host, request: &Request) -> Frame {
    match host.respond(request, &|| 0.0) {
        Response::Frame(frame) => *frame,
        other => panic!("{other:?}"),
    }
}

const MINUTE: Request = Request::Seek { nanos: 60_000_000_000, budget: 1e9 };

#[test]
fn the_first_frame_has_everything() {
    let mut host = Host::default();
    let Response::Frame(first) = host.respond(&Request::Open { scenario: Box::new(shop_with(10)) }, &|| 0.0)
    else {
        panic!()
    };
    assert_eq!((first.nanos, first.events, first.clock.as_str()), (0, 0, "0 s of 10 min"));
    let parts = [
        first.marks.is_some(),
        first.backdrop.is_some(),
        first.counters.is_some(),
        first.summary.is_some_and(|summary| summary.strip_count == first.strips.len()),
    ];
    assert_eq!(parts, [true; 4]);
    assert_eq!(first.order_trace.unwrap().title, live::NO_ORDER);
}

#[test]
fn a_request_and_its_answer_go_through_bytes() {
    let mut host = opened(10);
    let request =
        postcard::to_allocvec(&Request::Advance { millis: 16.0, speed: 10.0, budget: 1e9 }).unwrap();
    let response = host.respond_to_bytes(&request, &|| 0.0);
    let Ok(Response::Frame(frame)) = postcard::from_bytes(&response) else { panic!() };
    assert_eq!(frame.nanos, 160_000_000);
    let Ok(Response::Refused(reason)) = postcard::from_bytes(&host.respond_to_bytes(&[255, 1], &|| 0.0))
    else {
        panic!()
    };
    assert_eq!(reason, live::UNKNOWN_REQUEST);
}

#[test]
fn what_cannot_be_run_is_refused_with_its_reason() {
    let refusal =
        |scenario| match Host::default().respond(&Request::Open { scenario: Box::new(scenario) }, &|| 0.0) {
            Response::Refused(reason) => reason,
            other => panic!("{other:?}"),
        };
    let empty = Scenario { steps: Vec::new(), ..Scenario::online_shop() };
    assert_eq!(refusal(empty), live::UNREADABLE_SCENARIO);
    assert!(matches!(Host::default().respond(&Request::Step, &|| 0.0), Response::Refused(_)));
}

#[test]
fn numbers_are_written_no_faster_than_they_can_be_read() {
    let mut host = opened(100);
    let mut written = 0;
    for _ in 0..60 {
        let frame = frame(&mut host, &Request::Advance { millis: 1_000.0 / 60.0, speed: 10.0, budget: 1e9 });
        assert!(frame.marks.is_some());
        written += usize::from(frame.counters.is_some());
    }
    assert!((2..=6).contains(&written), "{written} times in a second");
}

#[test]
fn where_nothing_shall_move_there_are_levels_once_a_second() {
    let mut host = opened(100);
    let first =
        frame(&mut host, &Request::SetViewport(Viewport { reduced_motion: true, ..Viewport::default() }));
    assert!(!first.is_moving);
    let drawn = (0..60)
        .filter(|_| {
            frame(&mut host, &Request::Advance { millis: 1_000.0 / 60.0, speed: 1.0, budget: 1e9 })
                .marks
                .is_some()
        })
        .count();
    assert!(drawn <= 1, "{drawn} times in a second");
}

#[test]
fn a_step_says_what_it_was_and_back_takes_it_away() {
    let mut host = opened(10);
    let before = frame(&mut host, &MINUTE);
    let step = frame(&mut host, &Request::Step);
    assert_eq!(step.events, before.events + 1);
    assert!(step.announcement.unwrap().starts_with("order "), "nothing was announced");
    assert_eq!(frame(&mut host, &Request::StepBack).events, before.events);
}

#[test]
fn a_seek_may_take_several_answers() {
    let mut host = opened(2_000);
    let ticks = std::cell::Cell::new(0.0);
    let clock = || {
        ticks.set(ticks.get() + 1.0);
        ticks.get()
    };
    let seek = Request::Seek { nanos: 600_000_000_000, budget: 3.0 };
    let mut responses = 0;
    loop {
        let Response::Frame(frame) = host.respond(&seek, &clock) else { panic!() };
        responses += 1;
        if frame.is_complete {
            assert_eq!(frame.end_reason.as_deref(), Some(live::RUN_COMPLETE));
            break;
        }
        assert!(frame.end_reason.is_none());
    }
    assert!(responses > 3, "{responses}");
}

#[test]
fn the_order_under_the_finger_is_followed() {
    let mut host = opened(10);
    frame(&mut host, &MINUTE);
    let figure = frame(&mut host, &Request::Step).marks.unwrap();
    let dot = |mark: &crate::charts::Mark| match mark {
        crate::charts::Mark::Dot { at, .. } => Some(*at),
        _ => None,
    };
    let at = figure.marks.iter().find_map(dot).unwrap();
    let picked = frame(&mut host, &Request::FollowOrderAt(at));
    let followed = host.run.as_ref().unwrap().followed_order();
    assert!(followed > 0);
    let title = picked.order_trace.unwrap().title;
    assert!(title.starts_with(&format!("Order {followed} ")), "{title}");
    frame(&mut host, &Request::FollowOrderAt(Point::new(-900.0, 0.0)));
    assert_eq!(host.run.as_ref().unwrap().followed_order(), followed);
}

#[test]
fn the_same_scenario_is_the_same_run() {
    let first_minute = |scenario| {
        let mut host = Host::default();
        host.respond(&Request::Open { scenario: Box::new(scenario) }, &|| 0.0);
        frame(&mut host, &MINUTE)
    };
    assert_eq!(first_minute(shop_with(40)), first_minute(shop_with(40)));
    let other_seed = Scenario { seed: 1, ..shop_with(40) };
    assert_ne!(first_minute(shop_with(40)).events, first_minute(other_seed).events);
}

#[test]
fn the_course_of_an_order_goes_with_the_clock() {
    let mut host = opened(10);
    let first = frame(&mut host, &MINUTE);
    let ahead = format!("Order {} will be answered after ", first.followed_order);
    let title = first.order_trace.unwrap().title;
    assert!(title.starts_with(&ahead), "{title}");
    frame(&mut host, &Request::FollowOrder { order: first.followed_order });
    let later = frame(&mut host, &Request::Seek { nanos: 120_000_000_000, budget: 1e9 });
    let title = later.order_trace.unwrap().title;
    assert!(title.starts_with(&ahead.replace("will be", "was")), "{title}");
    assert!(frame(&mut host, &Request::Step).order_trace.is_none(), "nothing has changed about it");
    let title = frame(&mut host, &MINUTE).order_trace.unwrap().title;
    assert!(title.starts_with(&ahead), "{title}");
}
