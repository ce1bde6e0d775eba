//! The marks: orders where they are, gliding from place to place; levels where nothing shall move.

use std::collections::BTreeMap;

use super::stage::{Lane, RADIUS, SPACING, Stage, Station};
use crate::charts::{Figure, Ink, Mark, Point, Rect};
use crate::simulation::{Gauges, Place, Sighting, Slice};

/// The most marks on the stage.
pub(super) const MOST: usize = 60;

/// Everything that moves.
#[derive(Debug, Default)]
pub(super) struct Marks {
    shown: BTreeMap<Key, Shown>,
    /// How many orders a mark stands for.
    pub(super) each: u64,
    /// Whether there are too many orders to show each.
    is_crowd: bool,
    crowd: Vec<(Point, bool)>,
}

/// An order at one of the places where it is at once: the place of its request, or a step.
type Key = (u32, Option<usize>);

#[derive(Debug, Clone, Copy)]
struct Shown {
    at: Point,
    goal: Point,
    awaited: bool,
    station: Station,
    /// The server that serves it.
    slot: Option<usize>,
    /// On its way out: it is there no longer.
    leaving: bool,
}

/// Where in a lane.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Spot {
    InLine,
    Served,
}

/// The station and the spot that a place is shown at; none for one that is shown as a number alone.
fn spot(place: Place) -> Option<(Station, Spot)> {
    match place {
        Place::WorkerLine => Some((Station::Pool, Spot::InLine)),
        Place::Publishing => Some((Station::Publish, Spot::InLine)),
        Place::OnTheWay(step) | Place::Line(step) | Place::Outbox(step) => {
            Some((Station::Step(step), Spot::InLine))
        }
        Place::Service(step) => Some((Station::Step(step), Spot::Served)),
        Place::DeadLetters(_) => None,
    }
}

fn key(sighting: &Sighting) -> Key {
    match sighting.place {
        Place::WorkerLine | Place::Publishing => (sighting.order, None),
        Place::OnTheWay(step)
        | Place::Line(step)
        | Place::Service(step)
        | Place::Outbox(step)
        | Place::DeadLetters(step) => (sighting.order, Some(step)),
    }
}

impl Marks {
    /// How long a mark takes for most of its way, in milliseconds.
    const GLIDE: f64 = 70.0;
    /// A mark nearer than this to where it belongs has arrived, in pixels.
    const NEAR: f64 = 0.6;

    /// Brings the marks up to where orders are, after so many milliseconds before the screen; without them, at once. Of a
    /// slice each order that is played stands for several, and those who are held are in line, too.
    pub(super) fn follow(
        &mut self,
        stage: &Stage,
        slice: &Slice,
        sightings: &[Sighting],
        millis: Option<f64>,
    ) {
        let mut lanes: BTreeMap<(Station, Spot), Vec<&Sighting>> = BTreeMap::new();
        for sighting in sightings {
            if let Some(at) = spot(sighting.place) {
                lanes.entry(at).or_default().push(sighting);
            }
        }
        self.crowd.clear();
        self.is_crowd = !slice.is_whole() || lanes.values().map(Vec::len).sum::<usize>() > MOST;
        self.each = 1;
        if self.is_crowd {
            self.shown.clear();
            self.crowd_in(stage, slice, &lanes);
            return;
        }
        let before = std::mem::take(&mut self.shown);
        for ((station, spot), mut there) in lanes {
            there.sort_by_key(|sighting| (sighting.since, sighting.order));
            if let Some(lane) = stage.lane(station) {
                self.place(&before, lane, spot, &there);
            }
        }
        self.see_off(stage, before);
        let share = millis.map_or(1.0, |millis| 1.0 - (-millis / Self::GLIDE).exp());
        for shown in self.shown.values_mut() {
            shown.at = shown.at.towards(shown.goal, share);
            if shown.has_arrived() {
                shown.at = shown.goal;
            }
        }
        self.shown.retain(|_, shown| !(shown.leaving && shown.has_arrived()));
    }

    /// Gives everyone in a lane a place.
    fn place(&mut self, before: &BTreeMap<Key, Shown>, lane: &Lane, spot: Spot, there: &[&Sighting]) {
        let held = |sighting: &Sighting| {
            let earlier = before.get(&key(sighting)).filter(|shown| shown.station == lane.station);
            earlier.and_then(|shown| shown.slot)
        };
        let mut taken: Vec<usize> = there.iter().filter_map(|sighting| held(sighting)).collect();
        for (index, sighting) in there.iter().enumerate() {
            let slot = (spot == Spot::Served).then(|| {
                held(sighting).unwrap_or_else(|| {
                    let free = (0..=there.len()).find(|slot| !taken.contains(slot)).unwrap_or(0);
                    taken.push(free);
                    free
                })
            });
            let goal = match slot {
                Some(slot) => lane.slot(slot, there.len().max(slot + 1)),
                None => lane.in_line(index, there.len()),
            };
            let earlier = before.get(&key(sighting)).copied().or_else(|| {
                let same = before.range((sighting.order, None)..=(sighting.order, Some(usize::MAX)));
                same.map(|(_, shown)| *shown).next()
            });
            let shown = Shown {
                at: earlier.map_or_else(|| lane.entry(), |shown| shown.at),
                goal,
                awaited: sighting.awaited,
                station: lane.station,
                slot,
                leaving: false,
            };
            self.shown.insert(key(sighting), shown);
        }
    }

    /// Lets those go that somebody waited for and that are there no longer: to the line.
    fn see_off(&mut self, stage: &Stage, before: BTreeMap<Key, Shown>) {
        for (key, shown) in before {
            let order = (key.0, None)..=(key.0, Some(usize::MAX));
            let stays = self.shown.range(order).next().is_some();
            if shown.awaited && !stays && self.shown.len() < MOST {
                let goal = if shown.leaving { shown.goal } else { stage.exit(shown.at) };
                self.shown.insert(key, Shown { goal, leaving: true, slot: None, ..shown });
            }
        }
    }

    /// Too many to tell apart: those in line share marks, those served become a level.
    fn crowd_in(&mut self, stage: &Stage, slice: &Slice, lanes: &BTreeMap<(Station, Spot), Vec<&Sighting>>) {
        let held = |station: Station| match station {
            Station::Pool => slice.held.for_worker,
            Station::Step(step) if step == slice.held.step => slice.held.at_step,
            _ => 0,
        };
        let in_line = lanes.iter().filter(|((_, spot), _)| *spot == Spot::InLine);
        let lines: Vec<(Station, &Vec<&Sighting>, u64)> = in_line
            .map(|((station, _), there)| {
                let count = there.len() as u64 + u64::from(held(*station));
                (*station, there, count * slice.one_in)
            })
            .collect();
        self.each = each(&lines.iter().map(|line| line.2));
        for (station, there, count) in lines {
            let Some(lane) = stage.lane(station) else { continue };
            let marks = count.div_ceil(self.each) as usize;
            // Those who are held are behind those who are played.
            let awaited = |mark: usize| {
                let index = (mark as u64 * self.each / slice.one_in) as usize;
                there.get(index).or(there.last()).is_none_or(|sighting| sighting.awaited)
            };
            self.crowd.extend((0..marks).map(|mark| (lane.in_line(mark, marks), awaited(mark))));
        }
    }

    /// Takes all marks away, for a run that begins anew.
    pub(super) fn clear(&mut self) {
        *self = Self::default();
    }

    /// Whether a mark is still on its way.
    pub(super) fn are_moving(&self) -> bool {
        self.shown.values().any(|shown| !shown.has_arrived())
    }

    /// The order whose mark is nearest to a place, if one is near.
    pub(super) fn order_at(&self, place: Point) -> Option<u32> {
        let distance = |shown: &Shown| shown.at.distance(place);
        let near = self.shown.iter().filter(|(_, shown)| distance(shown) < 2.0 * SPACING);
        near.min_by(|a, b| distance(a.1).total_cmp(&distance(b.1))).map(|(key, _)| key.0)
    }

    /// The marks, drawn; the order that is followed with a ring.
    pub(super) fn figure(&self, stage: &Stage, gauges: &Gauges, followed: u32) -> Figure {
        let mut marks = Vec::with_capacity(self.shown.len() + 2);
        for lane in stage.lanes.iter().filter(|lane| self.is_crowd || lane.station == Station::Pool) {
            busy(&mut marks, lane, level(lane, gauges, 0).1);
        }
        for (key, shown) in &self.shown {
            if key.0 == followed {
                marks.push(dot(shown.at, RADIUS + 3.0, Ink::Surface, Ink::Ink, 1.5));
            }
            marks.push(mark(shown.at, shown.awaited));
        }
        marks.extend(self.crowd.iter().map(|&(at, awaited)| mark(at, awaited)));
        Figure { size: stage.size(), plot: stage.size().bounds(), marks, labels: Vec::new() }
    }
}

impl Shown {
    fn has_arrived(&self) -> bool {
        self.at.distance(self.goal) < Marks::NEAR
    }
}

/// Solid while somebody waits for it, hollow afterwards: colour is not the only difference.
fn mark(at: Point, awaited: bool) -> Mark {
    if awaited {
        dot(at, RADIUS, Ink::Sync, Ink::Sync, 1.0)
    } else {
        dot(at, RADIUS, Ink::Surface, Ink::Async, 2.0)
    }
}

fn dot(at: Point, radius: f64, fill: Ink, rim: Ink, rim_width: f64) -> Mark {
    Mark::Dot { at, radius, fill, rim, rim_width }
}

/// How many orders a mark stands for, so that there are not too many marks: 1, 2 or 5 times a power of ten.
fn each(counts: &(impl Iterator<Item = u64> + Clone)) -> u64 {
    let fits = |each: &u64| counts.clone().map(|count| count.div_ceil(*each)).sum::<u64>() <= MOST as u64;
    let steps = (0..12).flat_map(|power| [1, 2, 5].map(|digit| digit * 10_u64.pow(power)));
    steps.into_iter().find(fits).unwrap_or(u64::MAX)
}

/// The levels in place of the marks, for those who want nothing to move.
pub(super) fn levels(stage: &Stage, gauges: &Gauges, publishing: usize) -> Figure {
    let mut marks = Vec::new();
    for lane in &stage.lanes {
        let (waiting, busy) = level(lane, gauges, publishing);
        // A line is as long as the marks would make it, and ends where the lane does.
        let length = (f64::from(waiting) / 2.0 * SPACING).min(lane.line.width());
        bar(&mut marks, Rect { left: lane.line.right - length, ..lane.line }, Ink::Ink3);
        self::busy(&mut marks, lane, busy);
    }
    Figure { size: stage.size(), plot: stage.size().bounds(), marks, labels: Vec::new() }
}

/// How many servers of a lane are busy, as a level.
fn busy(marks: &mut Vec<Mark>, lane: &Lane, busy: u32) {
    let share = f64::from(busy) / f64::from(lane.servers.max(1));
    let right = lane.serving.left + share.min(1.0) * lane.serving.width();
    bar(marks, Rect { right, ..lane.serving }, lane.ink());
}

fn bar(marks: &mut Vec<Mark>, area: Rect, ink: Ink) {
    if area.width() > 1.0 {
        marks.push(Mark::Area { outline: area.grown(-2.0).rounded(3.0), ink, opacity: 0.7 });
    }
}

/// How many wait in a lane, and how many are served.
pub(super) fn level(lane: &Lane, gauges: &Gauges, publishing: usize) -> (u32, u32) {
    match lane.station {
        Station::Pool => (gauges.workers_waiting, gauges.workers_busy),
        Station::Publish => (publishing as u32, 0),
        Station::Step(step) => gauges.steps.get(step).map_or((0, 0), |step| (step.waiting, step.busy)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::{Placement, Scenario, Workload};
    use crate::simulation::{Experiment, Instant, Simulation};
    use crate::units::{Time, Users};

    fn crowded(users: u64) -> (Stage, Slice, Vec<Sighting>) {
        let mut shop = Scenario::online_shop();
        shop.workload =
            Workload::Closed { users: Users::new(users), think_time: Time::from_whole_seconds(1) };
        shop.steps[2].placement = Placement::Async;
        let mut run = Simulation::new(&Experiment::new(&shop)).unwrap();
        run.run_until(Instant::at(Time::from_whole_seconds(30)));
        (Stage::new(&shop, 1_000.0, 12.0), run.slice().clone(), run.sightings().collect())
    }

    fn places(marks: &Marks, stage: &Stage) -> Vec<(i64, i64)> {
        let nobody = Gauges {
            now: Instant::START,
            in_system: 0,
            workers_busy: 0,
            workers_waiting: 0,
            steps: Vec::new(),
        };
        let place = |mark: &Mark| match mark {
            Mark::Dot { at, .. } => Some((at.x.round() as i64, at.y.round() as i64)),
            _ => None,
        };
        let mut places: Vec<_> = marks.figure(stage, &nobody, 0).marks.iter().filter_map(place).collect();
        places.sort_unstable();
        places
    }

    fn dots(marks: &Marks, stage: &Stage) -> usize {
        places(marks, stage).len()
    }

    #[test]
    fn few_orders_have_a_mark_each_and_many_share_one() {
        for users in [5, 40, 100, 2_000] {
            let (stage, slice, sightings) = crowded(users);
            let mut marks = Marks::default();
            marks.follow(&stage, &slice, &sightings, None);
            let count = dots(&marks, &stage);
            assert!(count <= MOST, "{count} marks for {users} users");
            assert_eq!(marks.is_crowd, sightings.len() > MOST, "{users} users, {} seen", sightings.len());
            if !marks.is_crowd {
                assert_eq!(count, sightings.len());
            }
        }
    }

    #[test]
    fn no_two_marks_lie_on_each_other() {
        let (stage, slice, sightings) = crowded(40);
        let mut marks = Marks::default();
        marks.follow(&stage, &slice, &sightings, None);
        let places: Vec<Point> = marks.shown.values().map(|shown| shown.at).collect();
        for (index, place) in places.iter().enumerate() {
            assert!(places[..index].iter().all(|other| other.distance(*place) > RADIUS), "{place:?}");
        }
    }

    #[test]
    fn marks_glide_to_their_places_and_then_rest() {
        let (stage, slice, sightings) = crowded(10);
        let mut marks = Marks::default();
        marks.follow(&stage, &slice, &sightings, Some(16.0));
        assert!(marks.are_moving());
        for _ in 0..100 {
            marks.follow(&stage, &slice, &sightings, Some(16.0));
        }
        assert!(!marks.are_moving());
        let mut at_once = Marks::default();
        at_once.follow(&stage, &slice, &sightings, None);
        assert_eq!(places(&marks, &stage), places(&at_once, &stage));
    }

    #[test]
    fn an_answered_order_goes_to_the_line_and_is_gone() {
        let (stage, slice, sightings) = crowded(10);
        let mut marks = Marks::default();
        marks.follow(&stage, &slice, &sightings, None);
        marks.follow(&stage, &slice, &[], Some(16.0));
        let leaving = sightings.iter().filter(|sighting| sighting.awaited).count();
        assert_eq!(dots(&marks, &stage), leaving);
        for _ in 0..100 {
            marks.follow(&stage, &slice, &[], Some(16.0));
        }
        assert_eq!(dots(&marks, &stage), 0);
    }

    #[test]
    fn a_mark_can_be_picked() {
        let (stage, slice, sightings) = crowded(10);
        let mut marks = Marks::default();
        marks.follow(&stage, &slice, &sightings, None);
        for (key, shown) in &marks.shown {
            assert_eq!(marks.order_at(shown.at), Some(key.0));
        }
        assert_eq!(marks.order_at(Point::new(-500.0, 0.0)), None);
    }
}
