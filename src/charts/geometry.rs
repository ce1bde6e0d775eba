//! Points, sizes and rectangles in CSS pixels; y grows downwards.

use serde::{Deserialize, Serialize};

/// A place on a figure.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
pub struct Point {
    /// From the left edge.
    pub x: f64,
    /// From the top edge.
    pub y: f64,
}

impl Point {
    /// A place so far from the left and from the top.
    pub const fn new(x: f64, y: f64) -> Self {
        Self { x, y }
    }

    /// The place on the way to another at a share of the way, 0 being here and 1 there.
    #[must_use]
    pub fn towards(self, other: Self, share: f64) -> Self {
        Self::new(self.x + (other.x - self.x) * share, self.y + (other.y - self.y) * share)
    }

    /// Returns the distance to another point.
    pub fn distance(self, other: Self) -> f64 {
        let (across, down) = (other.x - self.x, other.y - self.y);
        (across * across + down * down).sqrt()
    }
}

/// The size of a figure.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
pub struct Size {
    /// Its width.
    pub width: f64,
    /// Its height.
    pub height: f64,
}

impl Size {
    /// A size that leaves room to draw: at least 40 by 20, at most 8,000 either way.
    pub fn new(width: f64, height: f64) -> Self {
        let side =
            |found: f64, least: f64| if found.is_finite() { found.clamp(least, 8_000.0) } else { least };
        Self { width: side(width, 40.0), height: side(height, 20.0) }
    }

    /// The rectangle of that size at the origin.
    pub fn bounds(self) -> Rect {
        Rect { left: 0.0, top: 0.0, right: self.width, bottom: self.height }
    }
}

/// A rectangle parallel to the axes.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
pub struct Rect {
    /// Its left edge.
    pub left: f64,
    /// Its top edge.
    pub top: f64,
    /// Its right edge.
    pub right: f64,
    /// Its bottom edge.
    pub bottom: f64,
}

impl Rect {
    /// From the left edge to the right one.
    pub fn width(self) -> f64 {
        self.right - self.left
    }

    /// From the top edge to the bottom one.
    pub fn height(self) -> f64 {
        self.bottom - self.top
    }

    /// The same rectangle with every edge moved outwards.
    #[must_use]
    pub fn grown(self, by: f64) -> Self {
        Self { left: self.left - by, top: self.top - by, right: self.right + by, bottom: self.bottom + by }
    }

    /// `true` if a place is inside or on the edge.
    pub fn contains(self, point: Point) -> bool {
        (self.left..=self.right).contains(&point.x) && (self.top..=self.bottom).contains(&point.y)
    }

    /// `true` if another rectangle lies wholly inside.
    pub fn encloses(self, other: Self) -> bool {
        self.contains(Point::new(other.left, other.top))
            && self.contains(Point::new(other.right, other.bottom))
    }

    /// `true` if another rectangle has more than an edge in common with this one.
    pub fn overlaps(self, other: Self) -> bool {
        self.left < other.right
            && other.left < self.right
            && self.top < other.bottom
            && other.top < self.bottom
    }

    /// The outline of this rectangle with its corners rounded, as a convex polygon.
    pub fn rounded(self, radius: f64) -> Vec<Point> {
        /// The cosines of 0, 15, 30 … 90 degrees; backwards they are the sines.
        const COSINES: [f64; 7] = [
            1.0,
            0.965_925_826_289_068_3,
            0.866_025_403_784_438_6,
            std::f64::consts::FRAC_1_SQRT_2,
            0.5,
            0.258_819_045_102_520_74,
            0.0,
        ];
        let radius = radius.min(self.width() / 2.0).min(self.height() / 2.0).max(0.0);
        let centres = [
            (self.right - radius, self.bottom - radius),
            (self.left + radius, self.bottom - radius),
            (self.left + radius, self.top + radius),
            (self.right - radius, self.top + radius),
        ];
        let mut outline = Vec::with_capacity(centres.len() * COSINES.len());
        for (quarter, (x, y)) in (0..).zip(centres) {
            for (cos, sin) in COSINES.into_iter().zip(COSINES.into_iter().rev()) {
                let (across, down) = match quarter {
                    0 => (cos, sin),
                    1 => (-sin, cos),
                    2 => (-cos, -sin),
                    _ => (sin, -cos),
                };
                outline.push(Point::new(x + radius * across, y + radius * down));
            }
        }
        outline
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BOX: Rect = Rect { left: 10.0, top: 20.0, right: 30.0, bottom: 26.0 };

    #[test]
    fn rectangles_that_only_touch_do_not_overlap() {
        let check = |left, right, expected| {
            assert_eq!(BOX.overlaps(Rect { left, right, ..BOX }), expected, "{left} to {right}");
        };
        check(0.0, 10.0, false);
        check(0.0, 10.5, true);
        check(15.0, 16.0, true);
        check(30.0, 40.0, false);
    }

    #[test]
    fn a_rounded_outline_stays_inside_and_never_bends_more_than_half_the_height() {
        for radius in [0.0, 2.0, 1_000.0] {
            let outline = BOX.rounded(radius);
            assert!(outline.iter().all(|point| BOX.grown(1e-9).contains(*point)), "{radius}");
            let leftmost = outline.iter().map(|point| point.x).fold(f64::INFINITY, f64::min);
            assert!((leftmost - BOX.left).abs() < 1e-9);
        }
    }

    #[test]
    fn no_size_is_too_small_or_no_number() {
        assert_eq!(Size::new(f64::NAN, -3.0), Size { width: 40.0, height: 20.0 });
        assert_eq!(Size::new(500.0, 300.0), Size { width: 500.0, height: 300.0 });
    }
}
