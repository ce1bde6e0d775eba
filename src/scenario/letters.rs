//! Capital and small letters of the Latin, Greek and Cyrillic alphabets, as far as a name begins with one of them.
//!
//! The library knows those of every script, by tables that would be as large as all texts of the page together.

/// Alphabets in which a small letter stands at a fixed distance behind its capital: the first and the last capital, the
/// distance, and how far it is from one capital to the next.
const ALPHABETS: [(char, char, u32, u32); 11] = [
    ('A', 'Z', 32, 1),
    ('À', 'Ö', 32, 1),
    ('Ø', 'Þ', 32, 1),
    ('Ā', 'Į', 1, 2),
    ('Ĺ', 'Ň', 1, 2),
    ('Ŋ', 'Ŷ', 1, 2),
    ('Ź', 'Ž', 1, 2),
    ('Α', 'Ρ', 32, 1),
    ('Σ', 'Ϋ', 32, 1),
    ('Ѐ', 'Џ', 80, 1),
    ('А', 'Я', 32, 1),
];

/// The small letter for a capital; any other character as it is.
///
/// ```
/// use waiting_line::scenario::letters::small;
/// assert_eq!(['É', 'é', '2'].map(small), ['é', 'é', '2']);
/// ```
pub fn small(letter: char) -> char {
    let capitals = ALPHABETS.iter().find(|(first, last, _, step)| {
        (*first..=*last).contains(&letter) && (letter as u32 - *first as u32).is_multiple_of(*step)
    });
    capitals.and_then(|(.., distance, _)| char::from_u32(letter as u32 + distance)).unwrap_or(letter)
}

/// The capital for a small letter; any other character as it is.
///
/// ```
/// use waiting_line::scenario::letters::capital;
/// assert_eq!(['É', 'é', '2'].map(capital), ['É', 'É', '2']);
/// ```
pub fn capital(letter: char) -> char {
    let before = |distance: u32| char::from_u32((letter as u32).checked_sub(distance)?);
    let capitals = ALPHABETS.iter().filter_map(|(.., distance, _)| before(*distance));
    capitals.into_iter().find(|capital| *capital != letter && small(*capital) == letter).unwrap_or(letter)
}

/// A text with a capital at its beginning, where that is a letter.
pub fn capitalized(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(capital).into_iter().chain(letters).collect()
}

/// A text with small letters for all its capitals.
pub fn all_small(text: &str) -> String {
    text.chars().map(small).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_change_as_the_library_changes_them() {
        let mut pairs = 0;
        for letter in '\0'..='\u{2fff}' {
            if small(letter) != letter {
                assert!(letter.to_lowercase().eq([small(letter)]), "{letter}");
                assert_eq!(capital(small(letter)), letter);
                assert_eq!(capital(letter), letter);
                pairs += 1;
            }
            if capital(letter) != letter {
                assert!(letter.to_uppercase().eq([capital(letter)]), "{letter}");
                assert_eq!(small(capital(letter)), letter);
            }
        }
        assert_eq!(pairs, 26 + 23 + 7 + 24 + 8 + 23 + 3 + 17 + 9 + 16 + 32);
    }

    #[test]
    fn only_the_beginning_becomes_a_capital() {
        for (text, expected) in
            [("email", "Email"), ("CRM", "CRM"), ("écrire", "Écrire"), ("", ""), ("9", "9")]
        {
            assert_eq!(capitalized(text), expected);
        }
    }
}
