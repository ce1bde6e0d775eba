//! The bars of saturation: how much of each resource is in use, and what is asked of it beyond that.

use crate::charts::figure::{Figure, Ink, Mark, Stroke};
use crate::charts::geometry::{Point, Rect, Size};
use crate::charts::stroke;

/// The utilization of a resource in steps.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SaturationState {
    /// Under half.
    Calm,
    /// Half to four fifths.
    Busy,
    /// Four fifths or more.
    Hot,
    /// All of it, or more is asked of it than it has.
    Saturated,
}

impl SaturationState {
    /// The state at a share of the capacity, 1 being all of it. It goes by whole percents: users who wait for
    /// their answers keep a full resource a hair below 1, and that is saturated too.
    ///
    /// ```
    /// use waiting_line::charts::SaturationState;
    /// assert_eq!(SaturationState::of(0.49), SaturationState::Calm);
    /// assert_eq!(SaturationState::of(0.9996), SaturationState::Saturated);
    /// ```
    pub fn of(share: f64) -> Self {
        match (share * 100.0).round() {
            percent if percent >= 100.0 => Self::Saturated,
            percent if percent >= 80.0 => Self::Hot,
            percent if percent >= 50.0 => Self::Busy,
            _ => Self::Calm,
        }
    }

    /// The sign that stands beside the word, so that colour is never alone.
    pub const fn glyph(self) -> char {
        match self {
            Self::Calm => '○',
            Self::Busy => '◔',
            Self::Hot => '◕',
            Self::Saturated => '●',
        }
    }

    /// The fill of its bar.
    const fn ink(self) -> Ink {
        match self {
            Self::Calm => Ink::Calm,
            Self::Busy => Ink::Busy,
            Self::Hot => Ink::Hot,
            Self::Saturated => Ink::Saturated,
        }
    }

    /// The colour of hatches on that fill.
    const fn hatch_ink(self) -> Ink {
        match self {
            Self::Calm => Ink::Ink3,
            Self::Busy => Ink::Ink,
            Self::Hot | Self::Saturated => Ink::Surface,
        }
    }
}

/// A bar.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SaturationBar {
    /// The share of the capacity that is asked for; may exceed 1.
    pub share: f64,
    pub state: SaturationState,
    /// `true` if it works after the answer: such bars are hatched and have round ends.
    pub is_async: bool,
}

/// The share at the right end of the chart; bars beyond it are cut there.
const MOST: f64 = 1.15;
const BAR_HEIGHT: f64 = 16.0;
const OVERSHOOT: f64 = 5.0;

/// Draws one bar below the other in bands of equal height, each with the groove of its capacity and the rule
/// at 100 %.
pub fn saturation(size: Size, bars: &[SaturationBar]) -> Figure {
    let plot = Rect { left: 1.0, right: size.width - 1.0, ..size.bounds() };
    let across = |share: f64| plot.left + plot.width() * share.clamp(0.0, MOST) / MOST;
    let band = size.height / bars.len().max(1) as f64;
    let half = (BAR_HEIGHT / 2.0).min(band * 0.3);
    let mut marks = Vec::with_capacity(bars.len() * 4);
    for (row, bar) in bars.iter().enumerate() {
        let middle = (row as f64 + 0.5) * band;
        let lane = Rect { top: middle - half, bottom: middle + half, ..plot };
        let groove = Rect { right: across(1.0), ..lane };
        marks.push(Mark::Area { outline: groove.rounded(3.0), ink: Ink::Sunken, opacity: 1.0 });
        marks.extend(filled(Rect { right: across(bar.share), ..lane }.grown(-0.75), *bar));
        let reach = (half + OVERSHOOT).min(band / 2.0);
        let (from, to) = (Point::new(across(1.0), middle - reach), Point::new(across(1.0), middle + reach));
        if bar.share > 1.0 {
            // A pale bar would swallow a pale rule.
            marks.push(Mark::Rule { from, to, stroke: Stroke::solid(Ink::Surface, 4.0) });
        }
        marks.push(Mark::Rule { from, to, stroke: Stroke::solid(Ink::Ink, 2.0) });
    }
    Figure { size, plot, marks, labels: Vec::new() }
}

/// The filled part of a bar; one too short to have an inside is a single stroke.
fn filled(bar: Rect, SaturationBar { state, is_async, .. }: SaturationBar) -> Vec<Mark> {
    let edge = Stroke::solid(Ink::Edge, 1.5);
    if bar.width() < 2.0 {
        let from = Point::new(bar.left, bar.top);
        return vec![Mark::Rule { from, to: Point::new(bar.left, bar.bottom), stroke: edge }];
    }
    let mut outline = bar.rounded(if is_async { bar.height() / 2.0 } else { 3.0 });
    let mut marks = vec![Mark::Area { outline: outline.clone(), ink: state.ink(), opacity: 1.0 }];
    if is_async {
        let stroke = Stroke::solid(state.hatch_ink(), 1.0).faded(0.55);
        let lines = stroke::hatch(&outline, 6.0);
        marks.extend(lines.into_iter().map(|line| Mark::Line { points: line.to_vec(), stroke }));
    }
    outline.extend(outline.first().copied());
    marks.push(Mark::Line { points: outline, stroke: edge });
    marks
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::charts::svg;

    fn bar(share: f64, is_async: bool) -> SaturationBar {
        SaturationBar { share, state: SaturationState::of(share), is_async }
    }

    #[test]
    fn states_go_by_whole_percents() {
        use SaturationState::{Busy, Calm, Hot, Saturated};
        for (share, state) in [
            (0.0, Calm),
            (0.494, Calm),
            (0.496, Busy),
            (0.79, Busy),
            (0.8, Hot),
            (0.994, Hot),
            (0.996, Saturated),
            (1.07, Saturated),
            (f64::NAN, Calm),
        ] {
            assert_eq!(SaturationState::of(share), state, "{share}");
        }
    }

    #[test]
    fn each_bar_has_its_groove_its_fill_and_the_same_rule() {
        let bars = [bar(1.07, true), bar(1.0, false), bar(0.6, false), bar(0.0, false)];
        let figure = saturation(Size::new(240.0, 160.0), &bars);
        svg::write("saturation-plain", &figure);
        let drawn = svg::marks(&figure, &svg::light());
        assert_eq!(drawn.matches("<polygon").count(), 4 + 3, "an empty bar is a stroke");
        let rules: Vec<f64> = figure
            .marks
            .iter()
            .filter_map(|mark| match mark {
                Mark::Rule { from, stroke, .. } if stroke.ink == Ink::Ink => Some(from.x),
                _ => None,
            })
            .collect();
        assert_eq!(rules.len(), 4);
        assert!(rules.windows(2).all(|pair| pair[0].to_bits() == pair[1].to_bits()));
    }

    #[test]
    fn overload_passes_the_rule_but_stays_on_the_figure() {
        let end = |share: f64| {
            let figure = saturation(Size::new(240.0, 40.0), &[bar(share, false)]);
            let points = figure.marks.iter().filter_map(|mark| match mark {
                Mark::Area { outline, ink: Ink::Saturated | Ink::Hot, .. } => Some(outline.clone()),
                _ => None,
            });
            points.flatten().map(|point| point.x).fold(0.0, f64::max)
        };
        let rule = end(1.0);
        assert!(end(0.9) < rule && rule < end(1.07) && end(1.07) < end(5.0));
        assert!(end(f64::INFINITY) <= 240.0);
    }

    #[test]
    fn only_what_happens_after_the_answer_is_hatched() {
        let lines = |is_async| {
            let figure = saturation(Size::new(240.0, 40.0), &[bar(0.9, is_async)]);
            svg::marks(&figure, &svg::light()).matches("<polyline").count()
        };
        assert_eq!(lines(false), 2, "the outline and the rule");
        assert!(lines(true) > 15);
    }

    #[test]
    fn the_study_s_rows() {
        let rows = [
            (1.07, true),
            (1.0, false),
            (0.96, false),
            (0.8, false),
            (0.8, true),
            (0.0, false),
            (0.62, true),
            (0.3, true),
        ];
        let bars = rows.map(|(share, is_async)| bar(share, is_async));
        svg::write("saturation", &saturation(Size::new(160.0, 38.0 * 8.0), &bars));
    }
}
