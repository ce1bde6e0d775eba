//! Complex numbers, as far as transforms need them.

use std::f64::consts::TAU;
use std::ops::{Add, Div, Mul, Sub};

/// A complex number.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Complex {
    /// The real part.
    pub(crate) re: f64,
    /// The imaginary part.
    pub(crate) im: f64,
}

impl Complex {
    /// The number `re` + `im` i.
    pub(crate) fn new(re: f64, im: f64) -> Self {
        Self { re, im }
    }

    /// e to this power.
    pub(crate) fn exp(self) -> Self {
        Self::turned(self.im / TAU) * self.re.exp()
    }

    /// The point of the unit circle so many turns from 1, by Taylor's series of the eighth of a turn at most that is left
    /// after whole quarters; to about 1e-16.
    fn turned(turns: f64) -> Self {
        // Each factor is x² ÷ (n (n + 1)) smaller than the one before it.
        const COSINE: [f64; 9] = quotients(1);
        const SINE: [f64; 9] = quotients(2);
        let quarters = (4.0 * turns).round();
        let angle = (turns - 0.25 * quarters) * TAU;
        let square = angle * angle;
        let series = |quotients: [f64; 9]| {
            quotients.iter().rev().fold(1.0, |sum, quotient| 1.0 - square * quotient * sum)
        };
        let (cos, sin) = (series(COSINE), angle * series(SINE));
        match (quarters as i64).rem_euclid(4) {
            0 => Self::new(cos, sin),
            1 => Self::new(-sin, cos),
            2 => Self::new(-cos, -sin),
            _ => Self::new(sin, -cos),
        }
    }

    /// This number to a whole power.
    pub(crate) fn powi(self, power: u32) -> Self {
        (0..power).fold(Self::new(1.0, 0.0), |product, _| product * self)
    }
}

impl Add for Complex {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self::new(self.re + other.re, self.im + other.im)
    }
}

impl Add<f64> for Complex {
    type Output = Self;
    fn add(self, other: f64) -> Self {
        Self::new(self.re + other, self.im)
    }
}

impl Sub<f64> for Complex {
    type Output = Self;
    fn sub(self, other: f64) -> Self {
        Self::new(self.re - other, self.im)
    }
}

impl Mul for Complex {
    type Output = Self;
    fn mul(self, other: Self) -> Self {
        Self::new(self.re * other.re - self.im * other.im, self.re * other.im + self.im * other.re)
    }
}

impl Mul<f64> for Complex {
    type Output = Self;
    fn mul(self, factor: f64) -> Self {
        Self::new(self.re * factor, self.im * factor)
    }
}

impl Div for Complex {
    type Output = Self;
    fn div(self, other: Self) -> Self {
        let square = other.re * other.re + other.im * other.im;
        Self::new(self.re * other.re + self.im * other.im, self.im * other.re - self.re * other.im)
            * (1.0 / square)
    }
}

/// 1 ÷ (n (n + 1)) for every second n from the first.
const fn quotients(first: u32) -> [f64; 9] {
    let mut quotients = [0.0; 9];
    let mut index = 0;
    while index < quotients.len() {
        let n = first + 2 * index as u32;
        quotients[index] = 1.0 / (n * (n + 1)) as f64;
        index += 1;
    }
    quotients
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_exponential_turns_around_the_circle() {
        for step in -2_000..2_000 {
            let angle = f64::from(step) * 0.037;
            let found = Complex::new(0.5, angle).exp();
            let (sin, cos) = angle.sin_cos();
            let error = (found.re / 0.5_f64.exp() - cos).abs().max((found.im / 0.5_f64.exp() - sin).abs());
            assert!(error < 1e-14, "off by {error} at {angle}");
        }
    }
}
