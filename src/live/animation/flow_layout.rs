//! The layout of the flow: a lane for every place that orders go through. The answer line has the lanes
//! before the answer on its left and the others on its right, or above and below it on narrow screens.

use crate::charts::{Anchor, Figure, Ink, Label, Mark, Point, Rect, Role, Size, Stroke};
use crate::scenario::{Placement, Scenario};
use crate::strings;
use crate::units::Servers;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::live) enum LaneId {
    /// The queue for an API worker.
    Pool,
    /// The step at this index of the scenario.
    Step(usize),
    /// Publishing, up to the broker's acknowledgement.
    Publish,
}

/// A lane: on the left the orders in the queue, on the right those in service.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::live) struct Lane {
    pub(in crate::live) id: LaneId,
    name: String,
    /// `true` if the user waits for this step.
    is_awaited: bool,
    /// `true` if the broker delivers to this step.
    is_brokered: bool,
    /// The number of servers; 0 for publishing, which has no limit.
    pub(in crate::live) servers: u32,
    pub(in crate::live) bounds: Rect,
    /// The area of the queue, whose head is on the right.
    pub(in crate::live) queue: Rect,
    pub(in crate::live) service: Rect,
}

#[derive(Debug, Clone, PartialEq)]
pub(in crate::live) struct FlowLayout {
    pub(in crate::live) lanes: Vec<Lane>,
    size: Size,
    text_size: f64,
    /// The ends of the line between the lanes before the answer and those after it.
    answer_line: (Point, Point),
    is_wide: bool,
}

/// The distance between two marks, in CSS pixels.
pub(in crate::live) const SPACING: f64 = 13.0;
/// The radius of a mark, in CSS pixels.
pub(in crate::live) const RADIUS: f64 = 5.0;

impl FlowLayout {
    /// The smallest width with a vertical answer line, in CSS pixels.
    const MIN_WIDE: f64 = 700.0;
    /// The most lanes below each other that have two rows of marks each.
    const MAX_TALL_LANES: usize = 8;

    pub(in crate::live) fn new(scenario: &Scenario, width: f64, text_size: f64) -> Self {
        let width = width.clamp(280.0, 4_000.0);
        let is_wide = width >= Self::MIN_WIDE;
        let (before, after) = lanes_of(scenario);
        let lane_count = if is_wide { before.len().max(after.len()) } else { before.len() + after.len() };
        let depth = if lane_count > Self::MAX_TALL_LANES { SPACING + 3.0 } else { 2.0 * SPACING + 3.0 };
        let pitch = text_size * 1.6 + depth + 8.0;
        let flag = text_size * 1.8;
        let share = if after.is_empty() { 0.76 } else { 0.5 };
        let gap = 24.0;
        let place = |lanes: Vec<Lane>, left: f64, right: f64, top: f64| {
            lanes.into_iter().enumerate().map(move |(index, lane)| {
                let top = top + index as f64 * pitch + text_size * 1.6;
                lane.placed(Rect { left, top, right, bottom: top + depth })
            })
        };
        if is_wide {
            let x = (width * share).round();
            let bottom = flag + lane_count as f64 * pitch;
            let lanes = place(before, 0.0, x - gap, flag).chain(place(after, x + gap, width, flag)).collect();
            let answer_line = (Point::new(x, 0.0), Point::new(x, bottom));
            return Self { lanes, size: Size::new(width, bottom), text_size, answer_line, is_wide };
        }
        let y = flag + before.len() as f64 * pitch + 4.0;
        let count = after.len() as f64;
        let lanes = place(before, 0.0, width, flag).chain(place(after, 0.0, width, y + flag + 4.0)).collect();
        let size = Size::new(width, y + flag + 4.0 + count * pitch);
        let answer_line = (Point::new(0.0, y), Point::new(width, y));
        Self { lanes, size, text_size, answer_line, is_wide }
    }

    pub(in crate::live) fn size(&self) -> Size {
        self.size
    }

    pub(in crate::live) fn lane(&self, id: LaneId) -> Option<&Lane> {
        self.lanes.iter().find(|lane| lane.id == id)
    }

    /// Returns the point of the answer line to which a mark moves when its order is answered.
    pub(in crate::live) fn exit_point(&self, from: Point) -> Point {
        if self.is_wide {
            Point::new(self.answer_line.0.x, from.y)
        } else {
            Point::new(from.x, self.answer_line.0.y)
        }
    }

    /// Draws everything that does not move: lanes, the answer line, names.
    pub(in crate::live) fn backdrop(&self) -> Figure {
        let mut marks = Vec::new();
        let mut labels = Vec::new();
        for lane in &self.lanes {
            lane.draw(&mut marks);
            let at = Point::new(lane.bounds.left, lane.bounds.top - self.text_size * 0.8);
            labels.push(self.label(lane.name.clone(), at, Anchor::Start, Ink::Ink2, true));
        }
        marks.push(Mark::Rule {
            from: self.answer_line.0,
            to: self.answer_line.1,
            stroke: Stroke::solid(Ink::Ink, 3.0),
        });
        let inset = if self.is_wide {
            Point::new(8.0, self.text_size * 0.7)
        } else {
            Point::new(0.0, self.text_size * 0.9)
        };
        let at = Point::new(self.answer_line.0.x + inset.x, self.answer_line.0.y + inset.y);
        labels.push(self.label(strings::explore::ANSWER_FLAG.to_owned(), at, Anchor::Start, Ink::Ink, true));
        Figure { size: self.size, plot: self.size.bounds(), marks, labels }
    }

    /// Returns a label at the right end above a lane.
    pub(in crate::live) fn counter(&self, lane: &Lane, text: String) -> Label {
        let at = Point::new(lane.bounds.right, lane.bounds.top - self.text_size * 0.8);
        self.label(text, at, Anchor::End, Ink::Ink3, false)
    }

    /// Returns the label above the lanes that says how many orders a mark stands for.
    pub(in crate::live) fn legend(&self, text: String) -> Label {
        self.label(text, Point::new(0.0, self.text_size * 0.7), Anchor::Start, Ink::Ink2, true)
    }

    fn label(&self, text: String, at: Point, anchor: Anchor, ink: Ink, strong: bool) -> Label {
        let bounds = Rect { left: at.x, top: at.y, right: at.x, bottom: at.y }.grown(self.text_size * 0.6);
        Label { text, at, anchor, role: Role::Annotation, ink, strong, bounds, asks: None }
    }
}

/// Returns the lanes before the answer and those after it, not yet placed.
fn lanes_of(scenario: &Scenario) -> (Vec<Lane>, Vec<Lane>) {
    let servers = |servers: Servers| u32::try_from(servers.count()).unwrap_or(u32::MAX);
    let unplaced = Rect { left: 0.0, top: 0.0, right: 0.0, bottom: 0.0 };
    let lane = |id, name: &str, servers, placement: Placement| Lane {
        id,
        name: name.to_owned(),
        is_awaited: placement.blocks_caller(),
        is_brokered: matches!(placement, Placement::Async | Placement::PublishAndWait),
        servers,
        bounds: unplaced,
        queue: unplaced,
        service: unplaced,
    };
    let pool = lane(LaneId::Pool, strings::explore::WORKER_QUEUE, servers(scenario.workers), Placement::Sync);
    let steps = scenario.steps.iter().enumerate().map(|(index, step)| {
        lane(LaneId::Step(index), step.name.as_str(), servers(step.servers), step.placement)
    });
    let (before, after): (Vec<Lane>, Vec<Lane>) = steps.partition(|lane| lane.is_awaited);
    let publish = scenario.publishes().then(|| Lane {
        is_brokered: true,
        ..lane(LaneId::Publish, strings::live::PUBLISH_EVENT, 0, Placement::Sync)
    });
    (std::iter::once(pool).chain(before).chain(publish).collect(), after)
}

impl Lane {
    fn placed(self, bounds: Rect) -> Self {
        let middle = bounds.left + (bounds.width() * 0.45).round();
        let queue = Rect { right: middle, ..bounds };
        let service = Rect { left: middle + 6.0, ..bounds };
        // A few servers take only the space that they need.
        let columns = f64::from(self.servers).div_euclid(rows_in(service) as f64)
            + f64::from(u8::from(!self.servers.is_multiple_of(rows_in(service) as u32)));
        let right = (service.left + columns * SPACING + 8.0).min(bounds.right);
        Self { bounds, queue, service: Rect { right, ..service }, ..self }
    }

    /// The number of marks that fit into the service area.
    pub(in crate::live) fn service_capacity(&self) -> usize {
        rows_in(self.service) * ((self.service.width() - 6.0) / SPACING) as usize
    }

    /// Returns `true` if each server has its own position.
    pub(in crate::live) fn shows_servers(&self) -> bool {
        self.servers > 0 && self.servers as usize <= self.service_capacity()
    }

    /// Returns the position of a mark in service, by its index among `count` marks.
    pub(in crate::live) fn service_position(&self, index: usize, count: usize) -> Point {
        let rows = rows_in(self.service);
        let spacing = spacing_for(count.max(self.service_capacity()), rows, self.service.width());
        let (column, row) = ((index / rows) as f64, index % rows);
        Point::new(self.service.left + 4.0 + spacing * (column + 0.5), row_at(self.service, row))
    }

    /// Returns the position of a mark in the queue, by its index (0 is the head) among `count` marks.
    pub(in crate::live) fn queue_position(&self, index: usize, count: usize) -> Point {
        let rows = rows_in(self.queue);
        let spacing = spacing_for(count, rows, self.queue.width());
        let (column, row) = ((index / rows) as f64, index % rows);
        Point::new(self.queue.right - 4.0 - spacing * (column + 0.5), row_at(self.queue, row))
    }

    /// The point at which new marks appear.
    pub(in crate::live) fn entry_point(&self) -> Point {
        Point::new(self.bounds.left - RADIUS, f64::midpoint(self.bounds.top, self.bounds.bottom))
    }

    pub(in crate::live) fn ink(&self) -> Ink {
        if self.is_brokered && self.id == LaneId::Publish {
            Ink::Broker
        } else if self.is_awaited {
            Ink::Sync
        } else {
            Ink::Async
        }
    }

    fn draw(&self, marks: &mut Vec<Mark>) {
        // The broker's queues have round ends, other queues straight ones.
        let radius = if self.is_brokered { self.queue.height() / 2.0 } else { 4.0 };
        marks.push(Mark::Area { outline: self.queue.rounded(radius), ink: Ink::Sunken, opacity: 1.0 });
        if self.is_brokered {
            marks.push(outline(self.queue.rounded(radius), Stroke::solid(Ink::Broker, 1.5)));
        }
        if self.servers == 0 {
            return;
        }
        let stroke = Stroke::solid(self.ink(), 1.5);
        let stroke = if self.is_awaited { stroke } else { stroke.dashed(4.0, 3.0) };
        marks.push(outline(self.service.rounded(4.0), stroke));
        if self.shows_servers() && self.id != LaneId::Pool {
            marks.extend((0..self.servers as usize).map(|slot| Mark::Dot {
                at: self.service_position(slot, 0),
                radius: 2.0,
                fill: Ink::Line,
                rim: Ink::Line,
                rim_width: 1.0,
            }));
        }
    }
}

/// Returns a closed line through the points.
fn outline(mut points: Vec<Point>, stroke: Stroke) -> Mark {
    points.extend(points.first().copied());
    Mark::Line { points, stroke }
}

fn rows_in(area: Rect) -> usize {
    if area.height() >= 2.0 * SPACING { 2 } else { 1 }
}

fn row_at(area: Rect, row: usize) -> f64 {
    area.top + area.height() / rows_in(area) as f64 * (row as f64 + 0.5)
}

/// Returns the distance between marks: [`SPACING`], or less if that does not fit.
fn spacing_for(count: usize, rows: usize, width: f64) -> f64 {
    let columns = count.div_ceil(rows).max(1) as f64;
    ((width - 8.0) / columns).min(SPACING)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::{Step, StepId, StepName};

    fn layouts() -> Vec<FlowLayout> {
        let shop = Scenario::online_shop();
        let mut hybrid = shop.clone();
        hybrid.steps[2].placement = Placement::Async;
        hybrid.steps[3].placement = Placement::Async;
        let mut long = shop.clone();
        long.steps = (1..=20).map(|id| Step::new(StepId(id), StepName::new("Step"), 10.0, 1_000)).collect();
        let scenarios = [shop, hybrid, long];
        let layout = |scenario: &Scenario, width| FlowLayout::new(scenario, width, 12.0);
        scenarios
            .iter()
            .flat_map(|scenario| [330.0, 760.0, 1_376.0].map(|width| layout(scenario, width)))
            .collect()
    }

    #[test]
    fn lanes_lie_on_the_stage_apart_from_each_other() {
        for layout in layouts() {
            let bounds = layout.size().bounds();
            for (index, lane) in layout.lanes.iter().enumerate() {
                assert!(bounds.encloses(lane.bounds), "{lane:?} of {bounds:?}");
                let rest = &layout.lanes[index + 1..];
                assert!(rest.iter().all(|other| !lane.bounds.overlaps(other.bounds)), "{lane:?}");
            }
        }
    }

    #[test]
    fn marks_stay_in_their_lane_however_many_they_are() {
        for layout in layouts() {
            for lane in layout.lanes.iter().filter(|lane| lane.servers > 0) {
                for count in [1, 7, 60] {
                    for index in 0..count {
                        assert!(
                            lane.queue.contains(lane.queue_position(index, count)),
                            "{index} of {count} in {lane:?}"
                        );
                        if count <= lane.servers as usize {
                            assert!(
                                lane.service.contains(lane.service_position(index, count)),
                                "{index} in {lane:?}"
                            );
                        }
                    }
                }
            }
        }
    }

    #[test]
    fn what_is_after_the_answer_lies_beyond_the_line() {
        for layout in layouts() {
            for lane in &layout.lanes {
                let (from, to) = layout.answer_line;
                let is_after_line =
                    if layout.is_wide { lane.bounds.left > to.x } else { lane.bounds.top > from.y };
                assert_eq!(is_after_line, !lane.is_awaited, "{lane:?}");
            }
        }
    }
}
