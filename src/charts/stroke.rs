//! Dashes and hatches: what plotters does not draw, split into plain lines.

use super::clip;
use super::geometry::{Point, Rect};

/// The dashes of a polyline: `on` drawn, `off` left out, starting with a dash, measured along the line.
pub(super) fn dashes(points: &[Point], on: f64, off: f64) -> Vec<Vec<Point>> {
    let mut parts = Vec::new();
    let Some((&first, rest)) = points.split_first() else { return parts };
    let mut dash = vec![first];
    let (mut here, mut drawing, mut left) = (first, true, on);
    for &corner in rest {
        let mut ahead = here.distance(corner);
        while ahead > left {
            here = here.towards(corner, left / ahead);
            ahead -= left;
            if drawing {
                dash.push(here);
                parts.push(std::mem::take(&mut dash));
            } else {
                dash.push(here);
            }
            drawing = !drawing;
            left = if drawing { on } else { off };
        }
        left -= ahead;
        here = corner;
        if drawing {
            dash.push(corner);
        }
    }
    if dash.len() > 1 {
        parts.push(dash);
    }
    parts
}

/// Lines at 45 degrees through a convex outline, rising to the right, `spacing` apart across their direction.
///
/// They are anchored at the origin of the figure, so that hatches of neighbours continue each other and do
/// not crawl while an outline grows.
pub(super) fn hatch(outline: &[Point], spacing: f64) -> Vec<[Point; 2]> {
    let Some(bounds) = bounds_of(outline) else { return Vec::new() };
    // A line rising to the right keeps x + y constant.
    let step = spacing * std::f64::consts::SQRT_2;
    let first = ((bounds.left + bounds.top) / step).ceil() as i64;
    let last = ((bounds.right + bounds.bottom) / step).floor() as i64;
    (first..=last)
        .filter_map(|index| {
            let sum = index as f64 * step;
            let from = Point::new(sum - bounds.bottom, bounds.bottom);
            let to = Point::new(sum - bounds.top, bounds.top);
            let (enter, leave) = clip::segment_in_convex(outline, from, to)?;
            Some([from.towards(to, enter), from.towards(to, leave)])
        })
        .collect()
}

/// The smallest rectangle around some points.
fn bounds_of(points: &[Point]) -> Option<Rect> {
    let first = points.first()?;
    let around = Rect { left: first.x, top: first.y, right: first.x, bottom: first.y };
    Some(points.iter().fold(around, |around, point| Rect {
        left: around.left.min(point.x),
        top: around.top.min(point.y),
        right: around.right.max(point.x),
        bottom: around.bottom.max(point.y),
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dashes_go_round_corners_and_end_with_the_line() {
        let corner = [Point::new(0.0, 0.0), Point::new(5.0, 0.0), Point::new(5.0, 6.0)];
        let parts = dashes(&corner, 4.0, 2.0);
        let expected: Vec<Vec<Point>> = vec![
            vec![Point::new(0.0, 0.0), Point::new(4.0, 0.0)],
            vec![Point::new(5.0, 1.0), Point::new(5.0, 5.0)],
        ];
        assert_eq!(parts, expected);
    }

    #[test]
    fn a_dash_bends_with_its_line() {
        let corner = [Point::new(0.0, 0.0), Point::new(5.0, 0.0), Point::new(5.0, 6.0)];
        assert_eq!(dashes(&corner, 8.0, 99.0), [vec![corner[0], corner[1], Point::new(5.0, 3.0)]]);
    }

    #[test]
    fn nothing_and_a_single_point_have_no_dashes() {
        assert!(dashes(&[], 4.0, 2.0).is_empty());
        assert!(dashes(&[Point::new(1.0, 1.0)], 4.0, 2.0).is_empty());
    }

    #[test]
    fn a_hatch_fills_its_outline_and_stays_inside() {
        let area = Rect { left: 10.0, top: 4.0, right: 70.0, bottom: 20.0 };
        let lines = hatch(&area.rounded(8.0), 6.0);
        assert!((7..=9).contains(&lines.len()), "{}", lines.len());
        for [from, to] in lines {
            assert!(area.grown(1e-9).contains(from) && area.grown(1e-9).contains(to));
            assert!(((from.x + from.y) - (to.x + to.y)).abs() < 1e-9, "at 45 degrees");
        }
    }
}
