//! A waterfall: where the time of one order went.

use crate::charts::figure::{Anchor, Figure, Ink, Label, Mark, Role, Stroke};
use crate::charts::geometry::{Point, Rect, Size};
use crate::charts::labels;
use crate::charts::scale::{Scale, time_tick};

/// The course of one order as bars over time.
#[derive(Debug, Clone)]
pub struct Waterfall<'a> {
    /// Its width in CSS pixels; its height follows.
    pub width: f64,
    /// Text size in CSS pixels.
    pub text_size: f64,
    /// The bars, in the order of their rows.
    pub bars: &'a [Bar],
    /// The time of the answer in seconds after the order, and its label.
    pub answer: Option<(f64, &'a str)>,
    /// The present moment in seconds after the order, and its label; `None` once the order is complete.
    pub now: Option<(f64, &'a str)>,
    /// The whole duration in seconds.
    pub length: f64,
}

/// A stay at one place; times are seconds after the order was sent.
#[derive(Debug, Clone, PartialEq)]
pub struct Bar {
    /// Where; bars of one name share a row.
    pub name: String,
    /// The arrival, in seconds after the order.
    pub from: f64,
    /// The start of its service, in seconds after the order; it waited before.
    pub started: f64,
    /// In seconds after the order.
    pub until: f64,
    /// `true` if the user waits for it.
    pub awaited: bool,
    /// `true` if it failed.
    pub failed: bool,
    /// The text after its bar.
    pub text: String,
}

impl Waterfall<'_> {
    /// Below this width there is no room beside the bars.
    const NARROW: f64 = 560.0;

    /// Draws it; also where each bar ends.
    pub fn figure(&self) -> (Figure, Vec<Point>) {
        let mut rows: Vec<&str> = Vec::new();
        for bar in self.bars {
            if !rows.contains(&bar.name.as_str()) {
                rows.push(&bar.name);
            }
        }
        // Where there is little room, names and texts stand above the bars instead of beside them.
        let is_narrow = self.width < Self::NARROW;
        let above = if is_narrow { self.text_size * 1.5 } else { 0.0 };
        let pitch = self.text_size * 2.0 + 4.0 + above;
        let foot = self.text_size * 2.2;
        let head = self.text_size * 1.6;
        let size = Size::new(self.width, head + rows.len() as f64 * pitch + foot);
        let (left, behind) =
            if is_narrow { (8.0, self.text_size) } else { (self.text_size * 13.0, self.text_size * 12.0) };
        let area = Rect { left, top: head, right: size.width - behind, bottom: size.height - foot };
        let mut drawing = Drawing { area, text_size: self.text_size, marks: Vec::new(), labels: Vec::new() };
        let scale = Scale::linear(0.0, self.length.max(1e-6));
        let mut places = Vec::new();
        drawing.axis(scale);
        for (index, name) in rows.iter().enumerate() {
            let top = area.top + index as f64 * pitch;
            let y = top + above + (pitch - above) / 2.0;
            let bars = || self.bars.iter().filter(|bar| bar.name == *name);
            let title = if is_narrow {
                let texts: Vec<&str> = bars().map(|bar| bar.text.as_str()).collect();
                drawing.shortened(&format!("{name}: {}", texts.join(", ")), size.width)
            } else {
                drawing.shortened(name, left - 8.0)
            };
            let at = Point::new(0.0, if is_narrow { top + above * 0.7 } else { y });
            drawing.write(&title, at, Anchor::Start, Ink::Ink, false);
            let mut last = None;
            for bar in bars() {
                let end = drawing.bar(bar, scale, y);
                places.push(Point::new(end, y));
                last = Some((end, bar.text.as_str()));
            }
            // Of several attempts, the last says how long it took.
            if let Some((end, text)) = last.filter(|_| !is_narrow) {
                drawing.write(text, Point::new(end + 6.0, y), Anchor::Start, Ink::Ink2, false);
            }
        }
        let answer = self.answer.map(|(seconds, name)| {
            let x = scale.place(seconds, area.left, area.right);
            drawing.rule(x, Stroke::solid(Ink::Ink, 3.0));
            let room = labels::width(name, true) * self.text_size / 2.0;
            let middle = x.max(room).min(size.width - room);
            drawing.write(name, Point::new(middle, head / 2.0 - 1.0), Anchor::Middle, Ink::Ink, true);
            (middle - room, middle + room)
        });
        if let Some((seconds, name)) = self.now {
            let x = scale.place(seconds, area.left, area.right);
            drawing.rule(x, Stroke::solid(Ink::Ink2, 1.5).dashed(6.0, 3.0));
            let room = labels::width(name, false) * self.text_size / 2.0;
            let middle = beside(x.max(room).min(size.width - room), room, answer);
            drawing.write(name, Point::new(middle, head / 2.0 - 1.0), Anchor::Middle, Ink::Ink2, false);
        }
        (Figure { size, plot: area, marks: drawing.marks, labels: drawing.labels }, places)
    }
}

/// The middle of a text that takes so much room to either side, moved off what is written from one place to
/// another: to the nearer side of it where that is on the figure.
fn beside(middle: f64, room: f64, taken: Option<(f64, f64)>) -> f64 {
    const GAP: f64 = 6.0;
    let Some((left, right)) = taken.map(|(left, right)| (left - GAP - room, right + GAP + room)) else {
        return middle;
    };
    if middle <= left || middle >= right {
        middle
    } else if left >= room && middle - left <= right - middle {
        left
    } else {
        right
    }
}

struct Drawing {
    area: Rect,
    text_size: f64,
    marks: Vec<Mark>,
    labels: Vec<Label>,
}

impl Drawing {
    fn axis(&mut self, scale: Scale) {
        let Rect { left, top, right, bottom } = self.area;
        let (from, to) = (Point::new(left, bottom), Point::new(right, bottom));
        self.marks.push(Mark::Rule { from, to, stroke: Stroke::solid(Ink::Edge, 1.0) });
        for tick in scale.ticks(((right - left) / (self.text_size * 6.0)).clamp(2.0, 7.0) as usize) {
            let x = scale.place(tick, left, right);
            let stroke = Stroke::solid(Ink::Line, 1.0);
            self.marks.push(Mark::Rule { from: Point::new(x, top), to: Point::new(x, bottom), stroke });
            let at = Point::new(x, bottom + self.text_size * 1.1);
            self.write(&time_tick(tick), at, Anchor::Middle, Ink::Ink3, false);
        }
    }

    /// A line across all rows.
    fn rule(&mut self, x: f64, stroke: Stroke) {
        let (from, to) = (Point::new(x, self.area.top - 4.0), Point::new(x, self.area.bottom));
        self.marks.push(Mark::Rule { from, to, stroke });
    }

    /// Waiting is hollow, work is full: solid while the user waits, pale within a dashed outline after the
    /// answer. Returns where it ends.
    fn bar(&mut self, bar: &Bar, scale: Scale, y: f64) -> f64 {
        let half = self.text_size * 0.62;
        let x = |seconds: f64| scale.place(seconds, self.area.left, self.area.right);
        let piece =
            |from: f64, until: f64| Rect { left: x(from), top: y - half, right: x(until), bottom: y + half };
        let waiting = piece(bar.from, bar.started);
        let work = piece(bar.started, bar.until);
        let ink = if bar.awaited { Ink::Sync } else { Ink::Async };
        if waiting.width() >= 0.5 {
            self.outline(waiting, 2.0, Stroke::solid(ink, 1.5));
        }
        let radius = if bar.awaited { 2.0 } else { half };
        let work = Rect { right: work.right.max(work.left + 1.5), ..work };
        let opacity = if bar.awaited && !bar.failed { 1.0 } else { 0.3 };
        self.marks.push(Mark::Area { outline: work.rounded(radius), ink, opacity });
        if !bar.awaited || bar.failed {
            self.outline(work, radius, Stroke::solid(ink, 1.5).dashed(3.0, 3.0));
        }
        work.right
    }

    /// A text cut to some room.
    fn shortened(&self, text: &str, room: f64) -> String {
        let room = room / self.text_size;
        if labels::width(text, false) <= room {
            return text.to_owned();
        }
        let mut kept = text.to_owned();
        while !kept.is_empty() && labels::width(&kept, false) > room - 1.0 {
            kept.pop();
        }
        kept.trim_end().to_owned() + "…"
    }

    fn outline(&mut self, area: Rect, radius: f64, stroke: Stroke) {
        let mut points = area.rounded(radius);
        points.extend(points.first().copied());
        self.marks.push(Mark::Line { points, stroke });
    }

    fn write(&mut self, text: &str, at: Point, anchor: Anchor, ink: Ink, strong: bool) {
        let width = labels::width(text, strong) * self.text_size;
        let left = match anchor {
            Anchor::Start => at.x,
            Anchor::Middle => at.x - width / 2.0,
            Anchor::End => at.x - width,
        };
        let half = self.text_size * 0.6;
        let bounds = Rect { left, top: at.y - half, right: left + width, bottom: at.y + half };
        let role = Role::Annotation;
        self.labels.push(Label { text: text.to_owned(), at, anchor, role, ink, strong, bounds, asks: None });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::charts::svg;

    fn course() -> Vec<Bar> {
        let bar = |name: &str, from, started, until, awaited| Bar {
            name: name.to_owned(),
            from,
            started,
            until,
            awaited,
            failed: false,
            text: "120 ms".to_owned(),
        };
        vec![
            bar("In line for a worker", 0.0, 0.4, 0.4, true),
            bar("Validate payment", 0.4, 0.4, 0.7, true),
            bar("A step with quite a long name indeed", 0.7, 0.8, 0.95, true),
            bar("Send email", 0.95, 1.5, 1.9, false),
            bar("Send email", 2.0, 2.1, 2.3, false),
        ]
    }

    #[test]
    fn bars_lie_in_their_rows_between_the_names_and_the_edge() {
        for (name, width) in [("waterfall", 900.0), ("waterfall-phone", 330.0)] {
            let bars = course();
            let waterfall = Waterfall {
                width,
                text_size: 12.0,
                bars: &bars,
                answer: Some((0.95, "answered")),
                now: Some((0.9, "now")),
                length: 2.3,
            };
            let (figure, places) = waterfall.figure();
            assert_eq!(places.len(), waterfall.bars.len());
            svg::write(name, &figure);
            for mark in &figure.marks {
                if let Mark::Area { outline, .. } = mark {
                    assert!(
                        outline.iter().all(|point| figure.plot.grown(1.6).contains(*point)),
                        "{outline:?}"
                    );
                }
            }
            let names = figure.labels.iter().filter(|label| label.at.x < 1.0).count();
            assert_eq!(names, 4, "two attempts of one step share a row");
            let room = figure.size.bounds().grown(1.0);
            assert!(figure.labels.iter().all(|label| room.encloses(label.bounds)), "{:?}", figure.labels);
            let bounds = |text| figure.labels.iter().find(|label| label.text == text).unwrap().bounds;
            assert!(!bounds("now").overlaps(bounds("answered")), "{:?}", figure.labels);
        }
    }

    #[test]
    fn nothing_to_show_is_an_empty_figure() {
        let empty =
            Waterfall { width: 330.0, text_size: 12.0, bars: &[], answer: None, now: None, length: 0.0 };
        assert!(!svg::marks(&empty.figure().0, &svg::light()).contains("NaN"));
    }
}
