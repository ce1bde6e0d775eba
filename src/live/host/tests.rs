use super::*;
use crate::charts::Point;
use crate::session::{Action, Session};
use crate::units::Users;

fn link_with(users: u64) -> String {
    let mut session = Session::new();
    session.apply(Action::SetUsers(Users::new(users)));
    share_link::encode(&session)
}

fn opened(users: u64) -> Host {
    let mut host = Host::default();
    host.respond(&Request::Open { link: link_with(users) }, &|| 0.0);
    host
}

#[track_caller]
fn frame(host: &mut Host, request: &Request) -> Frame {
    match host.respond(request, &|| 0.0) {
        Answer::Frame(frame) => *frame,
        other => panic!("{other:?}"),
    }
}

const MINUTE: Request = Request::Seek { nanos: 60_000_000_000, budget: 1e9 };

#[test]
fn the_first_frame_has_everything() {
    let mut host = Host::default();
    let Answer::Frame(first) = host.respond(&Request::Open { link: link_with(10) }, &|| 0.0) else {
        panic!()
    };
    assert_eq!((first.nanos, first.events, first.clock.as_str()), (0, 0, "0 s of 10 min"));
    let parts = [
        first.marks.is_some(),
        first.backdrop.is_some(),
        first.counters.is_some(),
        first.reading.is_some_and(|reading| reading.strips == first.strips.len()),
    ];
    assert_eq!(parts, [true; 4]);
    assert_eq!(first.course.unwrap().title, live::NO_ORDER);
}

#[test]
fn a_request_and_its_answer_go_through_bytes() {
    let mut host = opened(10);
    let request = postcard::to_allocvec(&Request::Pass { millis: 16.0, speed: 10.0, budget: 1e9 }).unwrap();
    let answer = host.answer(&request, &|| 0.0);
    let Ok(Answer::Frame(frame)) = postcard::from_bytes(&answer) else { panic!() };
    assert_eq!(frame.nanos, 160_000_000);
    let Ok(Answer::Refused(reason)) = postcard::from_bytes(&host.answer(&[255, 1], &|| 0.0)) else {
        panic!()
    };
    assert_eq!(reason, live::NO_REQUEST);
}

#[test]
fn what_cannot_be_run_is_refused_with_its_reason() {
    let refusal = |link: String| match Host::default().respond(&Request::Open { link }, &|| 0.0) {
        Answer::Refused(reason) => reason,
        other => panic!("{other:?}"),
    };
    assert_eq!(refusal("#s=1.x.y".to_owned()), live::NO_SCENARIO);
    assert!(matches!(Host::default().respond(&Request::Step, &|| 0.0), Answer::Refused(_)));
}

#[test]
fn numbers_are_written_no_faster_than_they_can_be_read() {
    let mut host = opened(100);
    let mut written = 0;
    for _ in 0..60 {
        let frame = frame(&mut host, &Request::Pass { millis: 1_000.0 / 60.0, speed: 10.0, budget: 1e9 });
        assert!(frame.marks.is_some());
        written += usize::from(frame.counters.is_some());
    }
    assert!((2..=6).contains(&written), "{written} times in a second");
}

#[test]
fn where_nothing_shall_move_there_are_levels_once_a_second() {
    let mut host = opened(100);
    let first = frame(&mut host, &Request::Look(Look { still: true, ..Look::default() }));
    assert!(!first.moving);
    let drawn = (0..60)
        .filter(|_| {
            frame(&mut host, &Request::Pass { millis: 1_000.0 / 60.0, speed: 1.0, budget: 1e9 })
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
    assert!(step.said.unwrap().starts_with("order "), "nothing was said");
    assert_eq!(frame(&mut host, &Request::Back).events, before.events);
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
    let mut answers = 0;
    loop {
        let Answer::Frame(frame) = host.respond(&seek, &clock) else { panic!() };
        answers += 1;
        if frame.arrived {
            assert_eq!(frame.over.as_deref(), Some(live::OVER_LENGTH));
            break;
        }
        assert!(frame.over.is_none());
    }
    assert!(answers > 3, "{answers}");
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
    let picked = frame(&mut host, &Request::Pick(at));
    let followed = host.play.as_ref().unwrap().follow;
    assert!(followed > 0);
    let title = picked.course.unwrap().title;
    assert!(title.starts_with(&format!("Order {followed} ")), "{title}");
    frame(&mut host, &Request::Pick(Point::new(-900.0, 0.0)));
    assert_eq!(host.play.as_ref().unwrap().follow, followed);
}

#[test]
fn the_same_link_is_the_same_run() {
    let ask = |link: String| {
        let mut host = Host::default();
        host.respond(&Request::Open { link }, &|| 0.0);
        frame(&mut host, &MINUTE)
    };
    assert_eq!(ask(link_with(40)), ask(link_with(40)));
    let mut session = Session::new();
    session.apply(Action::SetUsers(Users::new(40)));
    session.apply(Action::SetSeed(1));
    assert_ne!(ask(link_with(40)).events, ask(share_link::encode(&session)).events);
}

/// Also when the order stays the same.
#[test]
fn the_course_of_an_order_goes_with_the_clock() {
    let mut host = opened(10);
    let first = frame(&mut host, &MINUTE);
    let ahead = format!("Order {} will be answered after ", first.followed);
    let title = first.course.unwrap().title;
    assert!(title.starts_with(&ahead), "{title}");
    frame(&mut host, &Request::Follow { order: first.followed });
    let later = frame(&mut host, &Request::Seek { nanos: 120_000_000_000, budget: 1e9 });
    let title = later.course.unwrap().title;
    assert!(title.starts_with(&ahead.replace("will be", "was")), "{title}");
    assert!(frame(&mut host, &Request::Step).course.is_none(), "nothing has changed about it");
    let title = frame(&mut host, &MINUTE).course.unwrap().title;
    assert!(title.starts_with(&ahead), "{title}");
}
