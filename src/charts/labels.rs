//! Placement of labels: estimated text widths, and the first free position.

use super::clip;
use super::figure::{Anchor, Ink, Label, Role};
use super::geometry::{Point, Rect};

/// Returns the greatest width of a line of text in units of its size: taken from a wide face, so that
/// narrower ones have room.
pub(super) fn width(text: &str, strong: bool) -> f64 {
    let letters: f64 = text
        .chars()
        .map(|letter| match letter {
            'i' | 'j' | 'l' | '\'' | '.' | ',' | ':' | ';' | '!' | '|' | ' ' | '\u{202f}' | '\u{a0}' => 0.32,
            'f' | 'r' | 't' | '(' | ')' | '-' | '/' | 'I' | 'J' => 0.42,
            'm' | 'w' | 'M' | 'W' | '%' | '@' => 0.96,
            'A'..='Z' => 0.74,
            letter if letter.is_ascii() || (letter as u32) < 0x250 => 0.64,
            _ => 1.0,
        })
        .sum();
    if strong { letters * 1.1 } else { letters }
}

/// A spot for a text: a place and which part of the text lies there.
pub(super) type Spot = (Point, Anchor);

/// Puts labels where they cover nothing.
pub(super) struct Placer {
    bounds: Rect,
    plot: Rect,
    text_size: f64,
    labels: Vec<Label>,
    lines: Vec<Line>,
}

/// A line that labels had better not cross.
struct Line {
    points: Vec<Point>,
    /// `true` if it never goes back to the left, so that what lies beneath a label is found at once.
    goes_right: bool,
}

impl Placer {
    /// Ticks have the whole figure for themselves; annotations keep to the plot and what is right of it.
    pub(super) fn new(figure: Rect, plot: Rect, text_size: f64) -> Self {
        let plot = Rect { right: figure.right, ..plot };
        Self { bounds: figure, plot, text_size, labels: Vec::new(), lines: Vec::new() }
    }

    /// Takes in more room on the right.
    pub(super) fn widen(&mut self, by: f64) {
        self.bounds.right += by;
        self.plot.right += by;
    }

    /// Remembers a line that labels had better not cross.
    pub(super) fn avoid(&mut self, points: Vec<Point>) {
        let goes_right = points.is_sorted_by(|a, b| a.x <= b.x);
        self.lines.push(Line { points, goes_right });
    }

    /// Writes a tick's text at its place, unless it would touch another tick's; says whether it did.
    pub(super) fn tick(&mut self, text: String, spot: Spot, role: Role) -> bool {
        let bounds = shifted_inside(self.bounds, self.bounds_of(&text, false, spot));
        let is_free = self.labels.iter().all(|label| !label.bounds.overlaps(bounds.grown(3.0)));
        if is_free {
            self.push(text, spot.1, bounds, role, Ink::Ink3, false);
        }
        is_free
    }

    /// Writes an annotation at the first of its spots that is free, or at the one that covers least.
    pub(super) fn annotate(
        &mut self,
        text: &str,
        spots: &[Spot],
        ink: Ink,
        strong: bool,
    ) -> Option<&mut Label> {
        let mut least: Option<(f64, Rect, Anchor)> = None;
        for &spot in spots {
            let wanted = self.bounds_of(text, strong, spot);
            let bounds = shifted_inside(self.plot, wanted);
            let moved = (bounds.left - wanted.left).abs() + (bounds.top - wanted.top).abs();
            let cost = self.covered(bounds) + moved;
            if least.is_none_or(|(least, ..)| cost < least) {
                least = Some((cost, bounds, spot.1));
            }
            // Nothing is freer than a spot that is free.
            if cost <= 0.0 {
                break;
            }
        }
        let (_, bounds, anchor) = least?;
        self.push(text.to_owned(), anchor, bounds, Role::Annotation, ink, strong);
        self.labels.last_mut()
    }

    pub(super) fn into_labels(self) -> Vec<Label> {
        self.labels
    }

    fn push(&mut self, text: String, anchor: Anchor, bounds: Rect, role: Role, ink: Ink, strong: bool) {
        let x = match anchor {
            Anchor::Start => bounds.left,
            Anchor::Middle => f64::midpoint(bounds.left, bounds.right),
            Anchor::End => bounds.right,
        };
        let at = Point::new(x, f64::midpoint(bounds.top, bounds.bottom));
        self.labels.push(Label { text, at, anchor, role, ink, strong, bounds, asks: None });
    }

    fn bounds_of(&self, text: &str, strong: bool, (at, anchor): Spot) -> Rect {
        let (width, half) = (width(text, strong) * self.text_size, self.text_size * 0.62);
        let left = match anchor {
            Anchor::Start => at.x,
            Anchor::Middle => at.x - width / 2.0,
            Anchor::End => at.x - width,
        };
        Rect { left, top: at.y - half, right: left + width, bottom: at.y + half }
    }

    /// Returns the cost of a label at a position: other labels that it covers weigh most, then the length of
    /// line beneath it.
    fn covered(&self, bounds: Rect) -> f64 {
        let near = bounds.grown(1.0);
        let labels = self.labels.iter().filter(|label| label.bounds.overlaps(near)).count() as f64;
        let crossed: f64 = self.lines.iter().map(|line| length_inside(near, line)).sum();
        labels * 10_000.0 + crossed * 4.0
    }
}

/// The same rectangle moved into the bounds; where it is too wide, it starts at the left edge and is cut at
/// the right.
fn shifted_inside(bounds: Rect, wanted: Rect) -> Rect {
    let dx = (bounds.right - wanted.right).min(0.0).max(bounds.left - wanted.left);
    let dy = (bounds.bottom - wanted.bottom).min(0.0).max(bounds.top - wanted.top);
    Rect {
        left: wanted.left + dx,
        top: wanted.top + dy,
        right: (wanted.right + dx).min(bounds.right),
        bottom: (wanted.bottom + dy).min(bounds.bottom),
    }
}

/// Returns the length of a line within a rectangle.
fn length_inside(rect: Rect, line: &Line) -> f64 {
    let points = if line.goes_right {
        let first = line.points.partition_point(|point| point.x < rect.left).saturating_sub(1);
        let after = line.points.partition_point(|point| point.x <= rect.right);
        &line.points[first..line.points.len().min(after + 1)]
    } else {
        &line.points[..]
    };
    points
        .windows(2)
        .filter(|pair| pair[0].x.max(pair[1].x) >= rect.left && pair[0].x.min(pair[1].x) <= rect.right)
        .filter_map(|pair| {
            let (enter, leave) = clip::segment_in(rect, pair[0], pair[1])?;
            Some((leave - enter) * pair[0].distance(pair[1]))
        })
        .sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn placer() -> Placer {
        let figure = Rect { left: 0.0, top: 0.0, right: 200.0, bottom: 100.0 };
        Placer::new(figure, figure, 12.0)
    }

    fn spot(x: f64, y: f64, anchor: Anchor) -> Spot {
        (Point::new(x, y), anchor)
    }

    #[test]
    fn an_annotation_takes_the_first_free_spot() {
        let mut placer = placer();
        placer.avoid(vec![Point::new(0.0, 50.0), Point::new(200.0, 50.0)]);
        let spots = [spot(20.0, 50.0, Anchor::Start), spot(20.0, 20.0, Anchor::Start)];
        placer.annotate("first", &spots, Ink::Ink, false);
        placer.annotate("second", &[spots[1], spot(20.0, 80.0, Anchor::Start)], Ink::Ink, false);
        let heights: Vec<f64> = placer.into_labels().iter().map(|label| label.at.y).collect();
        assert_eq!(heights, [20.0, 80.0]);
    }

    #[test]
    fn a_label_near_an_edge_changes_sides_or_moves_inside() {
        let mut placer = placer();
        placer.annotate(
            "you: 2.12 s",
            &[spot(190.0, 30.0, Anchor::Start), spot(170.0, 30.0, Anchor::End)],
            Ink::Sync,
            true,
        );
        placer.annotate("knee", &[spot(2.0, 99.0, Anchor::Middle)], Ink::Ink3, false);
        let inside = Rect { left: 0.0, top: 0.0, right: 200.0, bottom: 100.0 };
        let labels = placer.into_labels();
        assert_eq!(labels[0].anchor, Anchor::End);
        assert!(labels.iter().all(|label| inside.encloses(label.bounds)), "{labels:?}");
    }

    #[test]
    fn a_tick_without_room_is_left_out() {
        let mut placer = placer();
        let written = [20.0, 30.0, 80.0]
            .map(|x| placer.tick("100".to_owned(), spot(x, 90.0, Anchor::Middle), Role::AcrossTick));
        assert_eq!(written, [true, false, true]);
        assert_eq!(placer.into_labels().len(), 2);
    }

    #[test]
    fn bold_and_wide_letters_take_more_room() {
        assert!(width("knee", true) > width("knee", false));
        assert!(width("mmm", false) > width("lll", false));
        assert!(width("待つ列", false) >= 3.0);
    }
}
