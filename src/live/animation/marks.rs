//! The marks of orders, which move from place to place; with reduced motion, levels instead of them.

use std::collections::BTreeMap;

use super::flow_layout::{FlowLayout, Lane, LaneId, RADIUS, SPACING};
use crate::charts::{Figure, Ink, Mark, Point, Rect};
use crate::simulation::{Gauges, InFlightItem, Location, ScaledSystem};

/// The most marks in the flow.
pub(in crate::live) const MAX_MARKS: usize = 60;

#[derive(Debug, Default)]
pub(in crate::live) struct Marks {
    /// A mark for each order, if there are few.
    single: BTreeMap<Key, AnimatedMark>,
    /// The number of orders that a mark stands for.
    pub(in crate::live) orders_per_mark: u64,
    /// `true` if there are too many orders for a mark each.
    is_shared: bool,
    /// Marks that stand for several orders: their positions, and whether a user waits.
    shared: Vec<(Point, bool)>,
}

/// An order at one of the places where it is at the same time: its request, or one of its steps.
type Key = (u32, Option<usize>);

#[derive(Debug, Clone, Copy)]
struct AnimatedMark {
    position: Point,
    target: Point,
    is_awaited: bool,
    lane: LaneId,
    /// The index of its server.
    server: Option<usize>,
    /// `true` if its order has been answered.
    is_leaving: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum LaneArea {
    Queue,
    Service,
}

/// Returns the lane and the area that show a place; `None` if only a number shows it.
fn lane_area(place: Location) -> Option<(LaneId, LaneArea)> {
    match place {
        Location::WorkerQueue => Some((LaneId::Pool, LaneArea::Queue)),
        Location::Publishing => Some((LaneId::Publish, LaneArea::Queue)),
        Location::InTransit(step) | Location::Queue(step) | Location::Outbox(step) => {
            Some((LaneId::Step(step), LaneArea::Queue))
        }
        Location::InService(step) => Some((LaneId::Step(step), LaneArea::Service)),
        Location::DeadLetters(_) => None,
    }
}

fn key(item: &InFlightItem) -> Key {
    match item.location {
        Location::WorkerQueue | Location::Publishing => (item.order, None),
        Location::InTransit(step)
        | Location::Queue(step)
        | Location::InService(step)
        | Location::Outbox(step)
        | Location::DeadLetters(step) => (item.order, Some(step)),
    }
}

impl Marks {
    /// The time in which a mark moves 1 − 1/e of its way, in milliseconds.
    const TIME_CONSTANT: f64 = 70.0;
    /// The distance from its target at which a mark has arrived, in CSS pixels.
    const ARRIVAL_DISTANCE: f64 = 0.6;

    /// Moves the marks towards the places of their orders for `millis` of real time; without it, at once. In
    /// a scaled system each simulated order stands for several, and the users who are held back are in the
    /// queue, too.
    pub(in crate::live) fn update(
        &mut self,
        layout: &FlowLayout,
        scaled_system: &ScaledSystem,
        items: &[InFlightItem],
        millis: Option<f64>,
    ) {
        let mut lanes: BTreeMap<(LaneId, LaneArea), Vec<&InFlightItem>> = BTreeMap::new();
        for item in items {
            if let Some(at) = lane_area(item.location) {
                lanes.entry(at).or_default().push(item);
            }
        }
        self.shared.clear();
        self.is_shared =
            !scaled_system.is_full_size() || lanes.values().map(Vec::len).sum::<usize>() > MAX_MARKS;
        self.orders_per_mark = 1;
        if self.is_shared {
            self.single.clear();
            self.place_shared(layout, scaled_system, &lanes);
            return;
        }
        let before = std::mem::take(&mut self.single);
        for ((id, area), mut orders) in lanes {
            orders.sort_by_key(|item| (item.arrived_at, item.order));
            if let Some(lane) = layout.lane(id) {
                self.place_single(&before, lane, area, &orders);
            }
        }
        self.release_answered(layout, before);
        let share = millis.map_or(1.0, |millis| 1.0 - (-millis / Self::TIME_CONSTANT).exp());
        for mark in self.single.values_mut() {
            mark.position = mark.position.towards(mark.target, share);
            if mark.has_arrived() {
                mark.position = mark.target;
            }
        }
        self.single.retain(|_, mark| !(mark.is_leaving && mark.has_arrived()));
    }

    /// Gives each order in an area of a lane a mark.
    fn place_single(
        &mut self,
        before: &BTreeMap<Key, AnimatedMark>,
        lane: &Lane,
        area: LaneArea,
        orders: &[&InFlightItem],
    ) {
        let server = |item: &InFlightItem| {
            let earlier = before.get(&key(item)).filter(|mark| mark.lane == lane.id);
            earlier.and_then(|mark| mark.server)
        };
        let mut taken: Vec<usize> = orders.iter().filter_map(|item| server(item)).collect();
        for (index, item) in orders.iter().enumerate() {
            let server = (area == LaneArea::Service).then(|| {
                server(item).unwrap_or_else(|| {
                    let free = (0..=orders.len()).find(|server| !taken.contains(server)).unwrap_or(0);
                    taken.push(free);
                    free
                })
            });
            let target = match server {
                Some(server) => lane.service_position(server, orders.len().max(server + 1)),
                None => lane.queue_position(index, orders.len()),
            };
            let earlier = before.get(&key(item)).copied().or_else(|| {
                let same_order = before.range((item.order, None)..=(item.order, Some(usize::MAX)));
                same_order.map(|(_, mark)| *mark).next()
            });
            let mark = AnimatedMark {
                position: earlier.map_or_else(|| lane.entry_point(), |mark| mark.position),
                target,
                is_awaited: item.is_awaited,
                lane: lane.id,
                server,
                is_leaving: false,
            };
            self.single.insert(key(item), mark);
        }
    }

    /// Sends the marks of orders that a user has waited for, and that are gone, to the answer line.
    fn release_answered(&mut self, layout: &FlowLayout, before: BTreeMap<Key, AnimatedMark>) {
        for (key, mark) in before {
            let order = (key.0, None)..=(key.0, Some(usize::MAX));
            let stays = self.single.range(order).next().is_some();
            if mark.is_awaited && !stays && self.single.len() < MAX_MARKS {
                let target = if mark.is_leaving { mark.target } else { layout.exit_point(mark.position) };
                self.single.insert(key, AnimatedMark { target, is_leaving: true, server: None, ..mark });
            }
        }
    }

    /// Gives orders in queues shared marks; a level shows those in service.
    fn place_shared(
        &mut self,
        layout: &FlowLayout,
        scaled_system: &ScaledSystem,
        lanes: &BTreeMap<(LaneId, LaneArea), Vec<&InFlightItem>>,
    ) {
        let held = |id: LaneId| match id {
            LaneId::Pool => scaled_system.permanent_queue.for_worker,
            LaneId::Step(step) if step == scaled_system.permanent_queue.step => {
                scaled_system.permanent_queue.at_step
            }
            _ => 0,
        };
        let queues: Vec<(LaneId, &Vec<&InFlightItem>, u64)> = lanes
            .iter()
            .filter(|((_, area), _)| *area == LaneArea::Queue)
            .map(|((id, _), orders)| {
                let count = orders.len() as u64 + u64::from(held(*id));
                (*id, orders, count * scaled_system.divisor)
            })
            .collect();
        self.orders_per_mark = orders_per_mark(&queues.iter().map(|queue| queue.2));
        for (id, orders, count) in queues {
            let Some(lane) = layout.lane(id) else { continue };
            let marks = count.div_ceil(self.orders_per_mark) as usize;
            // Users who are held back stand behind the simulated orders.
            let is_awaited = |mark: usize| {
                let index = (mark as u64 * self.orders_per_mark / scaled_system.divisor) as usize;
                orders.get(index).or(orders.last()).is_none_or(|item| item.is_awaited)
            };
            self.shared.extend((0..marks).map(|mark| (lane.queue_position(mark, marks), is_awaited(mark))));
        }
    }

    pub(in crate::live) fn clear(&mut self) {
        *self = Self::default();
    }

    /// Returns `true` if a mark has not reached its target.
    pub(in crate::live) fn are_moving(&self) -> bool {
        self.single.values().any(|mark| !mark.has_arrived())
    }

    /// Returns the order whose mark is nearest to a point, if one is near.
    pub(in crate::live) fn order_at(&self, point: Point) -> Option<u32> {
        let distance = |mark: &AnimatedMark| mark.position.distance(point);
        let near = self.single.iter().filter(|(_, mark)| distance(mark) < 2.0 * SPACING);
        near.min_by(|a, b| distance(a.1).total_cmp(&distance(b.1))).map(|(key, _)| key.0)
    }

    /// Draws the marks, the one of the followed order with a ring.
    pub(in crate::live) fn figure(&self, layout: &FlowLayout, gauges: &Gauges, followed: u32) -> Figure {
        let mut marks = Vec::with_capacity(self.single.len() + 2);
        for lane in layout.lanes.iter().filter(|lane| self.is_shared || lane.id == LaneId::Pool) {
            draw_busy(&mut marks, lane, occupancy(lane, gauges, 0).1);
        }
        for (key, mark) in &self.single {
            if key.0 == followed {
                marks.push(dot(mark.position, RADIUS + 3.0, Ink::Surface, Ink::Ink, 1.5));
            }
            marks.push(order_mark(mark.position, mark.is_awaited));
        }
        marks.extend(self.shared.iter().map(|&(at, is_awaited)| order_mark(at, is_awaited)));
        Figure { size: layout.size(), plot: layout.size().bounds(), marks, labels: Vec::new() }
    }
}

impl AnimatedMark {
    fn has_arrived(&self) -> bool {
        self.position.distance(self.target) < Marks::ARRIVAL_DISTANCE
    }
}

/// Returns a solid mark while a user waits, and a hollow one afterwards: colour is not the only difference.
fn order_mark(at: Point, is_awaited: bool) -> Mark {
    if is_awaited {
        dot(at, RADIUS, Ink::Sync, Ink::Sync, 1.0)
    } else {
        dot(at, RADIUS, Ink::Surface, Ink::Async, 2.0)
    }
}

fn dot(at: Point, radius: f64, fill: Ink, rim: Ink, rim_width: f64) -> Mark {
    Mark::Dot { at, radius, fill, rim, rim_width }
}

/// Returns how many orders a mark must stand for, so that there are at most [`MAX_MARKS`]: 1, 2 or 5 times a
/// power of ten.
fn orders_per_mark(counts: &(impl Iterator<Item = u64> + Clone)) -> u64 {
    let fits =
        |size: &u64| counts.clone().map(|count| count.div_ceil(*size)).sum::<u64>() <= MAX_MARKS as u64;
    let sizes = (0..12).flat_map(|power| [1, 2, 5].map(|digit| digit * 10_u64.pow(power)));
    sizes.into_iter().find(fits).unwrap_or(u64::MAX)
}

/// Draws levels instead of marks, for reduced motion.
pub(in crate::live) fn levels(layout: &FlowLayout, gauges: &Gauges, publishing: usize) -> Figure {
    let mut marks = Vec::new();
    for lane in &layout.lanes {
        let (waiting, busy) = occupancy(lane, gauges, publishing);
        // A queue is as long as marks would make it, and at most as long as its area.
        let length = (f64::from(waiting) / 2.0 * SPACING).min(lane.queue.width());
        bar(&mut marks, Rect { left: lane.queue.right - length, ..lane.queue }, Ink::Ink3);
        draw_busy(&mut marks, lane, busy);
    }
    Figure { size: layout.size(), plot: layout.size().bounds(), marks, labels: Vec::new() }
}

/// Draws the share of busy servers of a lane as a level.
fn draw_busy(marks: &mut Vec<Mark>, lane: &Lane, busy: u32) {
    let share = f64::from(busy) / f64::from(lane.servers.max(1));
    let right = lane.service.left + share.min(1.0) * lane.service.width();
    bar(marks, Rect { right, ..lane.service }, lane.ink());
}

fn bar(marks: &mut Vec<Mark>, area: Rect, ink: Ink) {
    if area.width() > 1.0 {
        marks.push(Mark::Area { outline: area.grown(-2.0).rounded(3.0), ink, opacity: 0.7 });
    }
}

/// Returns the numbers of orders waiting and in service in a lane.
pub(in crate::live) fn occupancy(lane: &Lane, gauges: &Gauges, publishing: usize) -> (u32, u32) {
    match lane.id {
        LaneId::Pool => (gauges.workers_waiting, gauges.workers_busy),
        LaneId::Publish => (publishing as u32, 0),
        LaneId::Step(step) => gauges.steps.get(step).map_or((0, 0), |step| (step.waiting, step.busy)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::{Placement, Scenario, Workload};
    use crate::simulation::{Experiment, Instant, Simulation};
    use crate::units::{Time, Users};

    fn simulated(users: u64) -> (FlowLayout, ScaledSystem, Vec<InFlightItem>) {
        let mut shop = Scenario::online_shop();
        shop.workload =
            Workload::Closed { users: Users::new(users), think_time: Time::from_whole_seconds(1) };
        shop.steps[2].placement = Placement::Async;
        let mut run = Simulation::new(&Experiment::new(&shop)).unwrap();
        run.run_until(Instant::at(Time::from_whole_seconds(30)));
        (FlowLayout::new(&shop, 1_000.0, 12.0), run.scaled_system().clone(), run.in_flight().collect())
    }

    fn places(marks: &Marks, layout: &FlowLayout) -> Vec<(i64, i64)> {
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
        let mut places: Vec<_> = marks.figure(layout, &nobody, 0).marks.iter().filter_map(place).collect();
        places.sort_unstable();
        places
    }

    fn dots(marks: &Marks, layout: &FlowLayout) -> usize {
        places(marks, layout).len()
    }

    #[test]
    fn few_orders_have_a_mark_each_and_many_share_one() {
        for users in [5, 40, 100, 2_000] {
            let (layout, scaled_system, items) = simulated(users);
            let mut marks = Marks::default();
            marks.update(&layout, &scaled_system, &items, None);
            let count = dots(&marks, &layout);
            assert!(count <= MAX_MARKS, "{count} marks for {users} users");
            assert_eq!(marks.is_shared, items.len() > MAX_MARKS, "{users} users, {} seen", items.len());
            if !marks.is_shared {
                assert_eq!(count, items.len());
            }
        }
    }

    #[test]
    fn no_two_marks_lie_on_each_other() {
        let (layout, scaled_system, items) = simulated(40);
        let mut marks = Marks::default();
        marks.update(&layout, &scaled_system, &items, None);
        let places: Vec<Point> = marks.single.values().map(|mark| mark.position).collect();
        for (index, place) in places.iter().enumerate() {
            assert!(places[..index].iter().all(|other| other.distance(*place) > RADIUS), "{place:?}");
        }
    }

    #[test]
    fn marks_glide_to_their_places_and_then_rest() {
        let (layout, scaled_system, items) = simulated(10);
        let mut marks = Marks::default();
        marks.update(&layout, &scaled_system, &items, Some(16.0));
        assert!(marks.are_moving());
        for _ in 0..100 {
            marks.update(&layout, &scaled_system, &items, Some(16.0));
        }
        assert!(!marks.are_moving());
        let mut at_once = Marks::default();
        at_once.update(&layout, &scaled_system, &items, None);
        assert_eq!(places(&marks, &layout), places(&at_once, &layout));
    }

    #[test]
    fn an_answered_order_goes_to_the_line_and_is_gone() {
        let (layout, scaled_system, items) = simulated(10);
        let mut marks = Marks::default();
        marks.update(&layout, &scaled_system, &items, None);
        marks.update(&layout, &scaled_system, &[], Some(16.0));
        let leaving = items.iter().filter(|item| item.is_awaited).count();
        assert_eq!(dots(&marks, &layout), leaving);
        for _ in 0..100 {
            marks.update(&layout, &scaled_system, &[], Some(16.0));
        }
        assert_eq!(dots(&marks, &layout), 0);
    }

    #[test]
    fn a_mark_can_be_picked() {
        let (layout, scaled_system, items) = simulated(10);
        let mut marks = Marks::default();
        marks.update(&layout, &scaled_system, &items, None);
        for (key, mark) in &marks.single {
            assert_eq!(marks.order_at(mark.position), Some(key.0));
        }
        assert_eq!(marks.order_at(Point::new(-500.0, 0.0)), None);
    }
}
