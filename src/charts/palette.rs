//! The colours behind the inks, read from the theme's design tokens.

use super::figure::Ink;

/// A colour by its red, green and blue parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rgb(pub u8, pub u8, pub u8);

impl Rgb {
    /// A colour as style sheets write it: `#rgb`, `#rrggbb`, `rgb(r, g, b)` or `rgb(r g b / a)`, the opacity
    /// ignored; nothing for any other notation.
    ///
    /// ```
    /// use waiting_line::charts::Rgb;
    /// assert_eq!(Rgb::parse(" #1268B5 "), Some(Rgb(0x12, 0x68, 0xB5)));
    /// assert_eq!(Rgb::parse("rgb(18, 104, 181)"), Some(Rgb(18, 104, 181)));
    /// assert_eq!(Rgb::parse("CanvasText"), None);
    /// ```
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        if let Some(digits) = text.strip_prefix('#') {
            return Self::from_hex(digits);
        }
        let inner = text.strip_prefix("rgb(").or_else(|| text.strip_prefix("rgba("))?.strip_suffix(')')?;
        let mut parts = inner.split([',', ' ', '/']).filter(|part| !part.is_empty());
        let mut part = || Some(parts.next()?.parse::<f64>().ok()?.clamp(0.0, 255.0).round() as u8);
        Some(Self(part()?, part()?, part()?))
    }

    fn from_hex(digits: &str) -> Option<Self> {
        let value = u32::from_str_radix(digits, 16).ok()?;
        let byte = |shift: u32| (value >> shift & 0xFF) as u8;
        let nibble = |shift: u32| (value >> shift & 0xF) as u8 * 0x11;
        match digits.len() {
            3 => Some(Self(nibble(8), nibble(4), nibble(0))),
            6 => Some(Self(byte(16), byte(8), byte(0))),
            _ => None,
        }
    }
}

/// A colour for every ink, and how much heavier than usual lines are drawn.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Palette {
    colours: [Rgb; Ink::ALL.len()],
    extra_width: f64,
}

impl Palette {
    /// The theme's colours, read token by token.
    ///
    /// A token that is missing or no plain colour takes the colour of the text or of the background. So where
    /// the system forces its own colours, a reader that knows no token yields a figure in just those two,
    /// told apart by outline and pattern.
    pub fn from_tokens(read: impl Fn(&str) -> Option<String>, text: Rgb, background: Rgb) -> Self {
        let colours = Ink::ALL.map(|ink| {
            let plain = if ink.is_ground() { background } else { text };
            read(ink.token()).and_then(|found| Rgb::parse(&found)).unwrap_or(plain)
        });
        Self { colours, extra_width: 0.0 }
    }

    /// The same colours with lines so many CSS pixels heavier, for high contrast and projectors; at most 4.
    #[must_use]
    pub fn heavier(self, extra_width: f64) -> Self {
        Self { extra_width: if extra_width > 0.0 { extra_width.min(4.0) } else { 0.0 }, ..self }
    }

    /// The colour of an ink.
    pub fn colour(&self, ink: Ink) -> Rgb {
        self.colours[ink as usize]
    }

    /// The extra width of data lines, in CSS pixels.
    pub fn extra_width(&self) -> f64 {
        self.extra_width
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_are_read_in_the_notations_of_style_sheets() {
        let check = |text: &str, expected: Option<Rgb>| assert_eq!(Rgb::parse(text), expected, "{text:?}");
        check("#fff", Some(Rgb(255, 255, 255)));
        check("#0E1218", Some(Rgb(14, 18, 24)));
        check("rgba(1, 2, 3, 0.5)", Some(Rgb(1, 2, 3)));
        check("rgb(1 2 3 / 50%)", Some(Rgb(1, 2, 3)));
        check("rgb(300, 2.6, 0)", Some(Rgb(255, 3, 0)));
        for text in ["", "#", "#12", "#12345", "#ggg", "rgb(1, 2)", "rgb(a, b, c)", "red", "#é1"] {
            check(text, None);
        }
    }

    #[test]
    fn every_ink_has_its_own_place_and_token() {
        for (index, ink) in Ink::ALL.into_iter().enumerate() {
            assert_eq!(ink as usize, index, "{ink:?}");
            assert_eq!(Ink::ALL.iter().filter(|other| other.token() == ink.token()).count(), 1, "{ink:?}");
        }
    }

    #[test]
    fn without_tokens_there_are_two_colours() {
        let (black, white) = (Rgb(0, 0, 0), Rgb(255, 255, 255));
        let palette = Palette::from_tokens(|_| None, black, white);
        assert_eq!(palette.colour(Ink::Surface), white);
        assert_eq!(palette.colour(Ink::Saturated), black);
        let palette = Palette::from_tokens(|token| (token == "--sync").then(|| "#00f".into()), black, white);
        assert_eq!(palette.colour(Ink::Sync), Rgb(0, 0, 255));
    }

    #[test]
    fn extra_width_is_bounded() {
        let palette = Palette::from_tokens(|_| None, Rgb(0, 0, 0), Rgb(255, 255, 255));
        let check = |extra, expected: f64| {
            assert!((palette.heavier(extra).extra_width() - expected).abs() < 1e-12, "{extra}");
        };
        check(1.0, 1.0);
        check(-1.0, 0.0);
        check(f64::NAN, 0.0);
        check(100.0, 4.0);
    }
}
