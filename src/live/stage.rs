//! The stage: a lane for every place that orders go through, left and right of the line or above and below it.

use crate::charts::{Anchor, Figure, Ink, Label, Mark, Point, Rect, Role, Size, Stroke};
use crate::scenario::{Placement, Scenario};
use crate::strings;
use crate::units::Servers;

/// What a lane is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Station {
    /// The line for an API worker.
    Pool,
    /// The step at this index of the scenario.
    Step(usize),
    /// Publishing, before the broker's acknowledgement.
    Publish,
}

/// A lane: at its left those in line, at its right those being served.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Lane {
    pub(super) station: Station,
    name: String,
    /// Whether somebody waits for what happens here.
    awaited: bool,
    /// Whether the broker carries what happens here.
    carried: bool,
    /// How many can be served at once, in the part that is simulated.
    pub(super) servers: u32,
    pub(super) bounds: Rect,
    /// Where the first in line stands is at the right of this.
    pub(super) line: Rect,
    /// Where those are who are served.
    pub(super) serving: Rect,
}

/// The whole stage.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Stage {
    pub(super) lanes: Vec<Lane>,
    size: Size,
    text_size: f64,
    /// The line between what the user waits for and what comes after.
    rule: (Point, Point),
    is_wide: bool,
}

/// How far apart marks lie, and how large they are.
pub(super) const SPACING: f64 = 13.0;
/// See [`SPACING`].
pub(super) const RADIUS: f64 = 5.0;

impl Stage {
    /// From this width on the line stands upright.
    const WIDE: f64 = 700.0;
    /// From so many lanes one below the other on they are flat.
    const MANY: usize = 8;

    /// The stage of a scenario.
    pub(super) fn new(scenario: &Scenario, width: f64, text_size: f64) -> Self {
        let width = width.clamp(280.0, 4_000.0);
        let is_wide = width >= Self::WIDE;
        let (before, after) = lanes_of(scenario);
        let most = if is_wide { before.len().max(after.len()) } else { before.len() + after.len() };
        let depth = if most > Self::MANY { SPACING + 3.0 } else { 2.0 * SPACING + 3.0 };
        let pitch = text_size * 1.6 + depth + 8.0;
        let flag = text_size * 1.8;
        let share = if after.is_empty() { 0.76 } else { 0.5 };
        let gap = 24.0;
        let lay = |lanes: Vec<Lane>, left: f64, right: f64, top: f64| {
            lanes.into_iter().enumerate().map(move |(index, lane)| {
                let top = top + index as f64 * pitch + text_size * 1.6;
                lane.laid(Rect { left, top, right, bottom: top + depth })
            })
        };
        if is_wide {
            let x = (width * share).round();
            let bottom = flag + most as f64 * pitch;
            let lanes = lay(before, 0.0, x - gap, flag).chain(lay(after, x + gap, width, flag)).collect();
            let rule = (Point::new(x, 0.0), Point::new(x, bottom));
            return Self { lanes, size: Size::new(width, bottom), text_size, rule, is_wide };
        }
        let y = flag + before.len() as f64 * pitch + 4.0;
        let count = after.len() as f64;
        let lanes = lay(before, 0.0, width, flag).chain(lay(after, 0.0, width, y + flag + 4.0)).collect();
        let size = Size::new(width, y + flag + 4.0 + count * pitch);
        Self { lanes, size, text_size, rule: (Point::new(0.0, y), Point::new(width, y)), is_wide }
    }

    pub(super) fn size(&self) -> Size {
        self.size
    }

    /// The lane of a station.
    pub(super) fn lane(&self, station: Station) -> Option<&Lane> {
        self.lanes.iter().find(|lane| lane.station == station)
    }

    /// Where a mark leaves the stage when its order is answered.
    pub(super) fn exit(&self, from: Point) -> Point {
        if self.is_wide { Point::new(self.rule.0.x, from.y) } else { Point::new(from.x, self.rule.0.y) }
    }

    /// What stands still: grooves, outlines, the line, names.
    pub(super) fn backdrop(&self) -> Figure {
        let mut marks = Vec::new();
        let mut labels = Vec::new();
        for lane in &self.lanes {
            lane.draw(&mut marks);
            let at = Point::new(lane.bounds.left, lane.bounds.top - self.text_size * 0.8);
            labels.push(self.label(lane.name.clone(), at, Anchor::Start, Ink::Ink2, true));
        }
        marks.push(Mark::Rule { from: self.rule.0, to: self.rule.1, stroke: Stroke::solid(Ink::Ink, 3.0) });
        let inset = if self.is_wide {
            Point::new(8.0, self.text_size * 0.7)
        } else {
            Point::new(0.0, self.text_size * 0.9)
        };
        let at = Point::new(self.rule.0.x + inset.x, self.rule.0.y + inset.y);
        labels.push(self.label(strings::explore::ANSWER_FLAG.to_owned(), at, Anchor::Start, Ink::Ink, true));
        Figure { size: self.size, plot: self.size.bounds(), marks, labels }
    }

    /// A number at the right end above a lane.
    pub(super) fn counter(&self, lane: &Lane, text: String) -> Label {
        let at = Point::new(lane.bounds.right, lane.bounds.top - self.text_size * 0.8);
        self.label(text, at, Anchor::End, Ink::Ink3, false)
    }

    /// How many orders a mark stands for, above the lanes.
    pub(super) fn legend(&self, text: String) -> Label {
        self.label(text, Point::new(0.0, self.text_size * 0.7), Anchor::Start, Ink::Ink2, true)
    }

    fn label(&self, text: String, at: Point, anchor: Anchor, ink: Ink, strong: bool) -> Label {
        let bounds = Rect { left: at.x, top: at.y, right: at.x, bottom: at.y }.grown(self.text_size * 0.6);
        Label { text, at, anchor, role: Role::Annotation, ink, strong, bounds, asks: None }
    }
}

/// The lanes before the answer and those after it, not yet in their places.
fn lanes_of(scenario: &Scenario) -> (Vec<Lane>, Vec<Lane>) {
    let servers = |servers: Servers| u32::try_from(servers.count()).unwrap_or(u32::MAX);
    let nowhere = Rect { left: 0.0, top: 0.0, right: 0.0, bottom: 0.0 };
    let lane = |station, name: &str, servers, placement: Placement| Lane {
        station,
        name: name.to_owned(),
        awaited: placement.is_waited_for(),
        carried: matches!(placement, Placement::Async | Placement::PublishAndWait),
        servers,
        bounds: nowhere,
        line: nowhere,
        serving: nowhere,
    };
    let pool = lane(Station::Pool, strings::explore::IN_LINE, servers(scenario.workers), Placement::Sync);
    let steps = scenario.steps.iter().enumerate().map(|(index, step)| {
        lane(Station::Step(index), step.name.as_str(), servers(step.servers), step.placement)
    });
    let (before, after): (Vec<Lane>, Vec<Lane>) = steps.partition(|lane| lane.awaited);
    let publish = scenario.publishes().then(|| Lane {
        carried: true,
        ..lane(Station::Publish, strings::live::PUBLISH, 0, Placement::Sync)
    });
    (std::iter::once(pool).chain(before).chain(publish).collect(), after)
}

impl Lane {
    fn laid(self, bounds: Rect) -> Self {
        let middle = bounds.left + (bounds.width() * 0.45).round();
        let line = Rect { right: middle, ..bounds };
        let serving = Rect { left: middle + 6.0, ..bounds };
        // Few servers take only the room that they need.
        let columns = f64::from(self.servers).div_euclid(rows_in(serving) as f64)
            + f64::from(u8::from(!self.servers.is_multiple_of(rows_in(serving) as u32)));
        let right = (serving.left + columns * SPACING + 8.0).min(bounds.right);
        Self { bounds, line, serving: Rect { right, ..serving }, ..self }
    }

    /// In how many places marks can stand where they are served.
    pub(super) fn slots(&self) -> usize {
        rows_in(self.serving) * ((self.serving.width() - 6.0) / SPACING) as usize
    }

    /// Whether every server has its place.
    pub(super) fn has_slots(&self) -> bool {
        self.servers > 0 && self.servers as usize <= self.slots()
    }

    /// The place of somebody served, of so many.
    pub(super) fn slot(&self, index: usize, of: usize) -> Point {
        let rows = rows_in(self.serving);
        let spacing = spacing_for(of.max(self.slots()), rows, self.serving.width());
        let (column, row) = ((index / rows) as f64, index % rows);
        Point::new(self.serving.left + 4.0 + spacing * (column + 0.5), row_at(self.serving, row))
    }

    /// The place of somebody in line, the first being 0, of so many.
    pub(super) fn in_line(&self, index: usize, of: usize) -> Point {
        let rows = rows_in(self.line);
        let spacing = spacing_for(of, rows, self.line.width());
        let (column, row) = ((index / rows) as f64, index % rows);
        Point::new(self.line.right - 4.0 - spacing * (column + 0.5), row_at(self.line, row))
    }

    /// Where somebody comes in.
    pub(super) fn entry(&self) -> Point {
        Point::new(self.bounds.left - RADIUS, f64::midpoint(self.bounds.top, self.bounds.bottom))
    }

    pub(super) fn ink(&self) -> Ink {
        if self.carried && self.station == Station::Publish {
            Ink::Broker
        } else if self.awaited {
            Ink::Sync
        } else {
            Ink::Async
        }
    }

    fn draw(&self, marks: &mut Vec<Mark>) {
        // What the broker carries waits in a stadium, other lines between straight ends.
        let radius = if self.carried { self.line.height() / 2.0 } else { 4.0 };
        marks.push(Mark::Area { outline: self.line.rounded(radius), ink: Ink::Sunken, opacity: 1.0 });
        if self.carried {
            marks.push(outline(self.line.rounded(radius), Stroke::solid(Ink::Broker, 1.5)));
        }
        if self.servers == 0 {
            return;
        }
        let stroke = Stroke::solid(self.ink(), 1.5);
        let stroke = if self.awaited { stroke } else { stroke.dashed(4.0, 3.0) };
        marks.push(outline(self.serving.rounded(4.0), stroke));
        if self.has_slots() && self.station != Station::Pool {
            marks.extend((0..self.servers as usize).map(|slot| Mark::Dot {
                at: self.slot(slot, 0),
                radius: 2.0,
                fill: Ink::Line,
                rim: Ink::Line,
                rim_width: 1.0,
            }));
        }
    }
}

/// A closed line.
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

/// Marks lie side by side, and closer where that does not do.
fn spacing_for(count: usize, rows: usize, width: f64) -> f64 {
    let columns = count.div_ceil(rows).max(1) as f64;
    ((width - 8.0) / columns).min(SPACING)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::{Step, StepId, StepName};

    fn stages() -> Vec<Stage> {
        let shop = Scenario::online_shop();
        let mut hybrid = shop.clone();
        hybrid.steps[2].placement = Placement::Async;
        hybrid.steps[3].placement = Placement::Async;
        let mut long = shop.clone();
        long.steps = (1..=20).map(|id| Step::new(StepId(id), StepName::new("Step"), 10.0, 1_000)).collect();
        let scenarios = [shop, hybrid, long];
        let of = |scenario: &Scenario, width| Stage::new(scenario, width, 12.0);
        scenarios
            .iter()
            .flat_map(|scenario| [330.0, 760.0, 1_376.0].map(|width| of(scenario, width)))
            .collect()
    }

    #[test]
    fn lanes_lie_on_the_stage_apart_from_each_other() {
        for stage in stages() {
            let bounds = stage.size().bounds();
            for (index, lane) in stage.lanes.iter().enumerate() {
                assert!(bounds.encloses(lane.bounds), "{lane:?} of {bounds:?}");
                let rest = &stage.lanes[index + 1..];
                assert!(rest.iter().all(|other| !lane.bounds.overlaps(other.bounds)), "{lane:?}");
            }
        }
    }

    #[test]
    fn marks_stay_in_their_lane_however_many_they_are() {
        for stage in stages() {
            for lane in stage.lanes.iter().filter(|lane| lane.servers > 0) {
                for count in [1, 7, 60] {
                    for index in 0..count {
                        assert!(
                            lane.line.contains(lane.in_line(index, count)),
                            "{index} of {count} in {lane:?}"
                        );
                        if count <= lane.servers as usize {
                            assert!(lane.serving.contains(lane.slot(index, count)), "{index} in {lane:?}");
                        }
                    }
                }
            }
        }
    }

    #[test]
    fn what_is_after_the_answer_lies_beyond_the_line() {
        for stage in stages() {
            for lane in &stage.lanes {
                let (from, to) = stage.rule;
                let beyond = if stage.is_wide { lane.bounds.left > to.x } else { lane.bounds.top > from.y };
                assert_eq!(beyond, !lane.awaited, "{lane:?}");
            }
        }
    }
}
