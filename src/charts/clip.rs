//! Cutting lines off where the drawing area ends.

use super::geometry::{Point, Rect};

/// The part of a segment that lies in a rectangle, as shares of its length; none where it misses it.
///
/// Liang and Barsky's method: each edge narrows the interval of the parameter.
pub(super) fn segment_in(rect: Rect, from: Point, to: Point) -> Option<(f64, f64)> {
    let (dx, dy) = (to.x - from.x, to.y - from.y);
    let edges = [
        (-dx, from.x - rect.left),
        (dx, rect.right - from.x),
        (-dy, from.y - rect.top),
        (dy, rect.bottom - from.y),
    ];
    narrowed(edges)
}

/// The part of a segment that lies in a convex polygon whose corners run clockwise on the screen.
pub(super) fn segment_in_convex(outline: &[Point], from: Point, to: Point) -> Option<(f64, f64)> {
    let following = outline.iter().cycle().skip(1);
    narrowed(outline.iter().zip(following).map(|(a, b)| {
        // The outward normal of a clockwise edge on a screen is (dy, -dx).
        let (nx, ny) = (b.y - a.y, a.x - b.x);
        (nx * (to.x - from.x) + ny * (to.y - from.y), nx * (a.x - from.x) + ny * (a.y - from.y))
    }))
}

/// Narrows 0 to 1 by conditions `slope × t ≤ room`.
fn narrowed(conditions: impl IntoIterator<Item = (f64, f64)>) -> Option<(f64, f64)> {
    let (mut enter, mut leave) = (0.0_f64, 1.0_f64);
    for (slope, room) in conditions {
        if slope < 0.0 {
            enter = enter.max(room / slope);
        } else if slope > 0.0 {
            leave = leave.min(room / slope);
        } else if room < 0.0 {
            return None;
        }
    }
    (enter <= leave).then_some((enter, leave))
}

/// The parts of a polyline that lie in a rectangle, each at least two points long.
pub(super) fn polyline_in(rect: Rect, points: &[Point]) -> Vec<Vec<Point>> {
    let mut parts: Vec<Vec<Point>> = Vec::new();
    let mut open = false;
    for pair in points.windows(2) {
        let Some((enter, leave)) = segment_in(rect, pair[0], pair[1]) else {
            open = false;
            continue;
        };
        let end = if leave < 1.0 { pair[0].towards(pair[1], leave) } else { pair[1] };
        match parts.last_mut() {
            Some(part) if open && enter <= 0.0 => part.push(end),
            _ => {
                let start = if enter > 0.0 { pair[0].towards(pair[1], enter) } else { pair[0] };
                parts.push(vec![start, end]);
            }
        }
        open = leave >= 1.0;
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    const BOX: Rect = Rect { left: 0.0, top: 0.0, right: 10.0, bottom: 10.0 };

    fn path(points: &[(f64, f64)]) -> Vec<Point> {
        points.iter().map(|&(x, y)| Point::new(x, y)).collect()
    }

    #[test]
    fn a_polyline_is_cut_where_it_leaves_and_resumed_where_it_returns() {
        let check = |points: &[(f64, f64)], parts: &[&[(f64, f64)]]| {
            let expected: Vec<_> = parts.iter().map(|part| path(part)).collect();
            assert_eq!(polyline_in(BOX, &path(points)), expected, "{points:?}");
        };
        check(&[(1.0, 1.0), (5.0, 5.0), (9.0, 1.0)], &[&[(1.0, 1.0), (5.0, 5.0), (9.0, 1.0)]]);
        check(&[(5.0, 5.0), (5.0, 20.0)], &[&[(5.0, 5.0), (5.0, 10.0)]]);
        check(&[(-5.0, 5.0), (15.0, 5.0)], &[&[(0.0, 5.0), (10.0, 5.0)]]);
        check(
            &[(2.0, 5.0), (2.0, 15.0), (8.0, 15.0), (8.0, 5.0)],
            &[&[(2.0, 5.0), (2.0, 10.0)], &[(8.0, 10.0), (8.0, 5.0)]],
        );
        check(&[(-5.0, -5.0), (-1.0, 20.0)], &[]);
    }

    #[test]
    fn a_segment_is_cut_by_a_slanted_outline() {
        let diamond = path(&[(5.0, 0.0), (10.0, 5.0), (5.0, 10.0), (0.0, 5.0)]);
        let cut = segment_in_convex(&diamond, Point::new(0.0, 2.5), Point::new(10.0, 2.5)).unwrap();
        assert!((cut.0 - 0.25).abs() < 1e-12 && (cut.1 - 0.75).abs() < 1e-12, "{cut:?}");
        assert_eq!(segment_in_convex(&diamond, Point::new(0.0, 0.0), Point::new(1.0, 0.0)), None);
    }
}
