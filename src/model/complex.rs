//! Complex numbers, as far as transforms need them.

use std::ops::{Add, Div, Mul, Sub};

/// A complex number.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Complex {
    /// The real part.
    pub(super) re: f64,
    /// The imaginary part.
    pub(super) im: f64,
}

impl Complex {
    /// The number `re` + `im` i.
    pub(super) fn new(re: f64, im: f64) -> Self {
        Self { re, im }
    }

    /// e to this power.
    pub(super) fn exp(self) -> Self {
        let (sin, cos) = self.im.sin_cos();
        Self::new(cos, sin) * self.re.exp()
    }

    /// This number to a whole power.
    pub(super) fn powi(self, power: u32) -> Self {
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
