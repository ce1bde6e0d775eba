//! The simulation's end of the line: a run, and whatever else it was asked for.

use super::course;
use super::frame::{Answer, Frame};
use super::marks::{Marks, level, levels};
use super::player::Player;
use super::reading::{reading, theory};
use super::request::{Look, Request};
use super::rules::Rules;
use super::stage::{Stage, Station};
use super::sweep::Sweep;
use crate::charts::Label;
use crate::scenario::Scenario;
use crate::session::link;
use crate::sim::{Gauges, Instant, Place, Sighting, trace_digest};
use crate::text::live;
use crate::units::Time;

/// Answers one request after the other.
#[derive(Debug)]
pub struct Host {
    look: Look,
    /// The run, or why there is none.
    play: Result<Play, String>,
    sweep: Option<Sweep>,
}

/// Without a run, until it is asked for one.
impl Default for Host {
    fn default() -> Self {
        Self { look: Look::default(), play: Err(live::NO_SCENARIO.to_owned()), sweep: None }
    }
}

/// A run that is watched.
#[derive(Debug)]
struct Play {
    player: Player,
    stage: Stage,
    marks: Marks,
    theory: Option<Time>,
    /// The order that is followed; 0 for the latest.
    follow: u32,
    /// The order whose course was drawn last.
    drawn: u32,
    counters: Vec<Label>,
    /// Since when numbers have not been written, before the screen, in milliseconds.
    counters_age: f64,
    reading_age: f64,
}

/// How much of a frame is made.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Scope {
    /// What moves; numbers now and then.
    Passing,
    /// All but what stands still.
    Here,
    /// Everything.
    Whole,
}

impl Host {
    /// Answers a request that came as bytes, in bytes. The clock counts milliseconds.
    pub fn answer(&mut self, request: &[u8], clock: &dyn Fn() -> f64) -> Vec<u8> {
        let answer = match postcard::from_bytes(request) {
            Ok(request) => self.respond(&request, clock),
            Err(_) => Answer::Refused(live::NO_REQUEST.to_owned()),
        };
        postcard::to_allocvec(&answer).unwrap_or_default()
    }

    /// Answers a request.
    pub fn respond(&mut self, request: &Request, clock: &dyn Fn() -> f64) -> Answer {
        match request {
            Request::Open { link } => self.open(link),
            Request::Look(look) => {
                self.look = *look;
                self.played(Play::look)
            }
            Request::Sweep { link, loads } => match read(link) {
                Some(scenario) => {
                    self.sweep = Some(Sweep::new(scenario, loads.clone()));
                    Answer::Swept(super::Swept::default())
                }
                None => Answer::Refused(live::NO_SCENARIO.to_owned()),
            },
            Request::SweepOn { budget } => self
                .sweep
                .as_mut()
                .map_or_else(nothing_runs, |sweep| Answer::Swept(sweep.go_on(*budget, clock))),
            Request::Digest { link, rules, events } => digest(link, rules, *events),
            played => self.played(|play, look| play.respond(played, look, clock)),
        }
    }

    fn open(&mut self, link: &str) -> Answer {
        let scenario = read(link).ok_or_else(|| live::NO_SCENARIO.to_owned());
        self.play = scenario.and_then(|scenario| Play::new(scenario, &self.look));
        self.played(Play::look)
    }

    /// Has the run answer, or says why there is none.
    fn played(&mut self, answer: impl FnOnce(&mut Play, &Look) -> Answer) -> Answer {
        match &mut self.play {
            Ok(play) => answer(play, &self.look),
            Err(reason) => Answer::Refused(reason.clone()),
        }
    }
}

fn read(text: &str) -> Option<Scenario> {
    link::decode(text).ok().map(|shared| shared.scenario)
}

fn nothing_runs() -> Answer {
    Answer::Refused(live::NO_SCENARIO.to_owned())
}

fn digest(link: &str, rules: &[u8], events: u64) -> Answer {
    let digest = read(link).zip(Rules::from_bytes(rules)).map(|(scenario, rules)| {
        // What cannot be simulated has the digest of nothing.
        trace_digest(&rules.experiment(&scenario), events).unwrap_or_default()
    });
    digest.map_or_else(nothing_runs, Answer::Digest)
}

impl Play {
    /// How often numbers are written while the run goes on: no faster than they can be read, in milliseconds.
    const COUNTERS: f64 = 200.0;
    /// How often the reading is.
    const READING: f64 = 500.0;
    /// The same where nothing shall move.
    const STILL: f64 = 1_000.0;

    fn new(scenario: Scenario, look: &Look) -> Result<Self, String> {
        let player = Player::new(scenario).map_err(|error| live::too_large(&error))?;
        let slice = player.run().slice();
        Ok(Self {
            stage: Stage::new(&player.scenario, slice, look.stage, look.text_size),
            theory: theory(&player.scenario),
            player,
            marks: Marks::default(),
            follow: 0,
            drawn: 0,
            counters: Vec::new(),
            counters_age: 0.0,
            reading_age: 0.0,
        })
    }

    /// Everything anew, laid out like this.
    fn look(&mut self, look: &Look) -> Answer {
        let slice = self.player.run().slice();
        self.stage = Stage::new(&self.player.scenario, slice, look.stage, look.text_size);
        self.marks.clear();
        self.frame(Scope::Whole, None, look)
    }

    fn respond(&mut self, request: &Request, look: &Look, clock: &dyn Fn() -> f64) -> Answer {
        match *request {
            Request::Pass { millis, speed, budget } => {
                let arrived = self.player.pass(millis * speed / 1e3, budget, clock);
                self.counters_age += millis;
                self.reading_age += millis;
                // A run that is over has arrived, for good.
                let scope = if self.player.over().is_some() { Scope::Here } else { Scope::Passing };
                self.moved(arrived, scope, Some(millis), look)
            }
            Request::Seek { nanos, budget } => {
                let arrived = self.player.go_to(Instant::from_nanos(nanos), budget, clock);
                let scope = if arrived { Scope::Here } else { Scope::Passing };
                (self.counters_age, self.reading_age) =
                    (self.counters_age + budget, self.reading_age + budget);
                self.moved(arrived, scope, None, look)
            }
            Request::Step => {
                let records = self.player.step();
                let name = |step: u8| {
                    self.player.scenario.steps.get(usize::from(step)).map(|step| step.name.as_str())
                };
                let told = records
                    .iter()
                    .map(|record| live::happened(record.order, record.mark, record.step.and_then(name)));
                let said = told
                    .reduce(|all, one| all + "; " + &one)
                    .unwrap_or_else(|| live::NOTHING_SEEN.to_owned());
                let mut answer = self.moved(true, Scope::Here, Some(0.0), look);
                if let Answer::Frame(frame) = &mut answer {
                    frame.said = Some(said);
                }
                answer
            }
            Request::Back => {
                self.player.back();
                self.moved(true, Scope::Here, Some(0.0), look)
            }
            Request::Follow { order } => {
                self.follow = order.min(self.player.run().orders_so_far());
                self.moved(true, Scope::Here, Some(0.0), look)
            }
            Request::Pick(place) => {
                self.follow = self.marks.order_at(place).unwrap_or(self.follow);
                self.moved(true, Scope::Here, Some(0.0), look)
            }
            _ => nothing_runs(),
        }
    }

    fn moved(&mut self, arrived: bool, scope: Scope, millis: Option<f64>, look: &Look) -> Answer {
        let mut answer = self.frame(scope, millis, look);
        if let Answer::Frame(frame) = &mut answer {
            frame.arrived = arrived;
        }
        answer
    }

    fn frame(&mut self, scope: Scope, millis: Option<f64>, look: &Look) -> Answer {
        let run = self.player.run();
        let (nanos, events) = (run.now().nanos(), run.events());
        let latest = run.orders_so_far();
        let followed = if self.follow == 0 { latest } else { self.follow.min(latest) };
        let writes = |age: &mut f64, every: f64| {
            let is_due = scope != Scope::Passing || *age >= every;
            if is_due {
                *age = 0.0;
            }
            is_due
        };
        let writes_counters =
            writes(&mut self.counters_age, if look.still { Self::STILL } else { Self::COUNTERS });
        let writes_reading =
            writes(&mut self.reading_age, if look.still { Self::STILL } else { Self::READING });
        let sightings: Vec<Sighting> = run.sightings().collect();
        let gauges = run.gauges();
        let publishing = sightings.iter().filter(|sighting| sighting.place == Place::Publishing).count();
        let marks = if look.still {
            writes_counters.then(|| levels(&self.stage, &gauges, publishing))
        } else {
            self.marks.follow(&self.stage, &sightings, millis);
            Some(self.marks.figure(&self.stage, &gauges, if self.follow == 0 { 0 } else { followed }))
        };
        let counters = writes_counters.then(|| self.counters(&gauges, publishing, look)).flatten();
        let whole = scope == Scope::Whole;
        let course = (whole || writes_reading && followed != self.drawn).then(|| {
            self.drawn = followed;
            let records = self.player.trace(followed);
            Box::new(course::panel(&self.player.scenario, &records, followed, look.course, look.text_size))
        });
        let reading = writes_reading.then(|| {
            let scenario = self.player.scenario.clone();
            Box::new(reading(&scenario, self.player.run_mut(), self.theory, look))
        });
        Answer::Frame(Box::new(Frame {
            nanos,
            events,
            clock: live::clock(Instant::from_nanos(nanos).time(), Player::LENGTH),
            arrived: true,
            over: self.player.over(),
            moving: !look.still && self.marks.are_moving(),
            said: None,
            marks,
            backdrop: whole.then(|| self.stage.backdrop()),
            counters,
            reading,
            followed,
            course,
        }))
    }

    /// The numbers above the lanes, where they have changed.
    fn counters(&mut self, gauges: &Gauges, publishing: usize, look: &Look) -> Option<Vec<Label>> {
        let each = if look.still { 1 } else { self.marks.each };
        let mut labels: Vec<Label> = self
            .stage
            .lanes
            .iter()
            .map(|lane| {
                let (waiting, busy) = level(lane, gauges, publishing);
                let dead = match lane.station {
                    Station::Step(step) => gauges.steps.get(step).map_or(0, |step| step.dead),
                    Station::Pool | Station::Publish => 0,
                };
                let text = live::counter((lane.servers > 0).then_some((busy, lane.servers)), waiting, dead);
                self.stage.counter(lane, text)
            })
            .collect();
        if each > 1 {
            labels.push(self.stage.legend(live::each(each)));
        }
        let changed = labels != self.counters;
        self.counters.clone_from(&labels);
        changed.then_some(labels)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::charts::Point;
    use crate::session::{Action, Session};
    use crate::units::Users;

    fn link_with(users: u64) -> String {
        let mut session = Session::new();
        session.apply(Action::SetUsers(Users::new(users)));
        link::encode(&session)
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
            first.reading.is_some(),
        ];
        assert_eq!(parts, [true; 4]);
        assert_eq!(first.course.unwrap().title, live::NO_ORDER);
    }

    #[test]
    fn a_request_and_its_answer_go_through_bytes() {
        let mut host = opened(10);
        let request =
            postcard::to_allocvec(&Request::Pass { millis: 16.0, speed: 10.0, budget: 1e9 }).unwrap();
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
        assert!(refusal(link_with(1_000_000)).starts_with("API workers: 20 cannot be divided"));
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
        assert_ne!(ask(link_with(40)).events, ask(link::encode(&session)).events);
    }
}
