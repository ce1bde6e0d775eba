//! Putting a few things into order.

/// Puts the things into the ascending order of a number; those alike stay in the order that they had.
///
/// By insertion, which is right for the dozens that there ever are here; the library's way is made for millions, and is
/// thousands of instructions long for every type.
///
/// ```
/// let mut loads = [3.0, 1.0, 2.0];
/// waiting_line::units::order::sort_by_number(&mut loads, |load| *load);
/// assert_eq!(loads, [1.0, 2.0, 3.0]);
/// ```
pub fn sort_by_number<T>(things: &mut [T], number: impl Fn(&T) -> f64) {
    for next in 1..things.len() {
        let mut place = next;
        while place > 0 && number(&things[place]) < number(&things[place - 1]) {
            things.swap(place, place - 1);
            place -= 1;
        }
    }
}

/// The number, or the bound that is nearest to it; what is no number stays so.
///
/// As `f64::clamp`, which writes its bounds out where they are the wrong way round, and so brings the library's formatting of numbers.
///
/// ```
/// use waiting_line::units::order::between;
/// assert_eq!(between(0.0, 3.0, 1.0), 1.0);
/// assert_eq!(between(0.0, -3.0, 1.0), 0.0);
/// assert_eq!(between(0.0, 0.5, 1.0), 0.5);
/// ```
pub fn between(least: f64, number: f64, most: f64) -> f64 {
    if number < least {
        least
    } else if number > most {
        most
    } else {
        number
    }
}

#[cfg(test)]
mod tests {
    use proptest::collection::vec;
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn the_order_is_that_of_the_library(numbers in vec(-9..9_i32, 0..50)) {
            let mut things: Vec<(usize, f64)> = numbers.into_iter().map(f64::from).enumerate().collect();
            let mut expected = things.clone();
            expected.sort_by(|a, b| a.1.total_cmp(&b.1));
            sort_by_number(&mut things, |thing| thing.1);
            prop_assert_eq!(things, expected);
        }
    }
}
