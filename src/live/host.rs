//! The simulation's end of the line: a run, and whatever else it was asked for.

#[cfg(test)]
mod tests;

use super::course::Drawn;
use super::frame::{Answer, Frame, Panel};
use super::marks::{Marks, level, levels};
use super::pace::{Pace, Part};
use super::player::Player;
use super::reading::{Graph, reading};
use super::request::{Look, Request};
use super::rules::Rules;
use super::stage::{Stage, Station};
use super::sweep::Sweep;
use super::theory::Theory;
use crate::charts::Label;
use crate::scenario::Scenario;
use crate::session::share_link;
use crate::simulation::{Gauges, Instant, Place, Sighting, trace_digest};
use crate::strings::live;

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
    theory: Theory,
    /// The order that is followed; 0 for the latest.
    follow: u32,
    /// The course that was drawn last.
    drawn: Drawn,
    counters: Vec<Label>,
    pace: Pace,
    /// The strip chart that is drawn next while the run goes on.
    next_strip: usize,
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
    share_link::decode(text).ok().map(|shared| shared.scenario)
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
    fn new(scenario: Scenario, look: &Look) -> Result<Self, String> {
        let player = Player::new(scenario).map_err(|error| live::too_large(&error))?;
        Ok(Self {
            stage: Stage::new(&player.scenario, look.stage, look.text_size),
            theory: Theory::of(&player.scenario, player.run().slice()),
            player,
            marks: Marks::default(),
            follow: 0,
            drawn: Drawn::default(),
            counters: Vec::new(),
            pace: Pace::default(),
            next_strip: 0,
        })
    }

    /// Everything anew, laid out like this.
    fn look(&mut self, look: &Look) -> Answer {
        self.stage = Stage::new(&self.player.scenario, look.stage, look.text_size);
        self.marks.clear();
        self.frame(Scope::Whole, None, look)
    }

    fn respond(&mut self, request: &Request, look: &Look, clock: &dyn Fn() -> f64) -> Answer {
        match *request {
            Request::Pass { millis, speed, budget } => {
                let arrived = self.player.pass(millis * speed / 1e3, budget, clock);
                self.pace.pass(millis);
                // A run that is over has arrived, for good.
                let scope = if self.player.over().is_some() { Scope::Here } else { Scope::Passing };
                self.moved(arrived, scope, Some(millis), look)
            }
            Request::Seek { nanos, budget } => {
                let arrived = self.player.go_to(Instant::from_nanos(nanos), budget, clock);
                let scope = if arrived { Scope::Here } else { Scope::Passing };
                self.pace.pass(budget);
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
        let (now, events) = (run.now(), run.events());
        let latest = run.orders_so_far();
        let followed = if self.follow == 0 { latest } else { self.follow.min(latest) };
        let due = if scope == Scope::Passing { self.pace.due(look.still) } else { self.pace.all() };
        let is_due = |part| due.contains(&part);
        let sightings: Vec<Sighting> = run.sightings().collect();
        let gauges = run.gauges();
        let publishing = sightings.iter().filter(|sighting| sighting.place == Place::Publishing).count();
        let marks = if look.still {
            is_due(Part::Counters).then(|| levels(&self.stage, &gauges, publishing))
        } else {
            self.marks.follow(&self.stage, run.slice(), &sightings, millis);
            Some(self.marks.figure(&self.stage, &gauges, if self.follow == 0 { 0 } else { followed }))
        };
        let counters = is_due(Part::Counters).then(|| self.counters(&gauges, publishing, look)).flatten();
        let whole = scope == Scope::Whole;
        let course = (whole || is_due(Part::Course) && self.drawn.is_stale(followed, now))
            .then(|| Box::new(self.drawn.anew(&self.player, followed, look)));
        let reading = is_due(Part::Reading).then(|| {
            let scenario = self.player.scenario.clone();
            Box::new(reading(&scenario, self.player.run_mut(), &self.theory))
        });
        let strips = match (due.len(), is_due(Part::Strip)) {
            (0..=1, true) => self.next_strip(look),
            (_, true) => self.strips(look),
            (_, false) => Vec::new(),
        };
        Answer::Frame(Box::new(Frame {
            nanos: now.nanos(),
            events,
            clock: live::clock(now.time(), Player::LENGTH),
            arrived: true,
            over: self.player.over(),
            moving: !look.still && self.marks.are_moving(),
            said: None,
            marks,
            backdrop: whole.then(|| self.stage.backdrop()),
            counters,
            reading,
            strips,
            followed,
            course,
        }))
    }

    /// All strip charts.
    fn strips(&self, look: &Look) -> Vec<(usize, Panel)> {
        let graphs = Graph::all_of(&self.player.scenario).into_iter().enumerate();
        graphs.map(|(index, graph)| (index, self.strip(graph, look))).collect()
    }

    /// The strip chart whose turn it is.
    fn next_strip(&mut self, look: &Look) -> Vec<(usize, Panel)> {
        let graphs = Graph::all_of(&self.player.scenario);
        let index = self.next_strip % graphs.len();
        self.next_strip = index + 1;
        vec![(index, self.strip(graphs[index], look))]
    }

    fn strip(&self, graph: Graph, look: &Look) -> Panel {
        graph.panel(&self.player.scenario, self.player.run(), &self.theory, look)
    }

    /// The numbers above the lanes, where they have changed.
    fn counters(&mut self, gauges: &Gauges, publishing: usize, look: &Look) -> Option<Vec<Label>> {
        let each = if look.still { 1 } else { self.marks.each.max(1) };
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
