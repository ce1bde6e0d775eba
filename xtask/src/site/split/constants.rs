//! The constants that only the rest of the program reads, which go with it.
//!
//! The linker leaves each constant in a piece of its own (`build.rs`). A piece is needed for opening if the code of the opening
//! part has an address in it, or a piece that is needed has one. What is needed in truth is at most that: addresses are
//! whole in code and data, and a number that only looks like one keeps a piece in vain. Texts, the places of panics and
//! the tables of methods are moved, which are known by their shape and reached by their beginning. Into other tables the
//! code may reach from before it: of these only large ones are moved, and only if nothing points near them. The places of
//! panics are moved even where the opening part names them, for only the words of a panic read them: an early one has no place.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use anyhow::{Result, bail};
use wasmparser::{DataKind, Operator};

use super::program::Program;

/// How large a table of any kind must be to be moved, and how far before it nothing may point, in bytes.
const LARGE: u32 = 256;

/// Shorter runs of constants stay: a piece of data has a head of its own.
const LEAST: u32 = 16;

/// The pieces of data by their addresses.
pub(super) type Pieces<'a> = BTreeMap<u32, &'a [u8]>;

/// The pieces of data that a program has.
///
/// # Errors
/// When one is not put into memory at the start.
pub(super) fn pieces<'a>(program: &Program<'a>) -> Result<Pieces<'a>> {
    let mut pieces = Pieces::new();
    for piece in program.data.clone().into_iter().flatten() {
        let piece = piece?;
        let DataKind::Active { memory_index: 0, offset_expr } = piece.kind else {
            bail!("data that is not put into memory at the start")
        };
        let Operator::I32Const { value } = offset_expr.get_operators_reader().read()? else {
            bail!("data at an address that is no constant")
        };
        pieces.insert(value as u32, piece.data);
    }
    Ok(pieces)
}

/// The addresses of the constants that none of these functions needs, of a program as the linker wrote it.
///
/// # Errors
/// When code cannot be read.
pub(super) fn unneeded(
    linked: &Pieces<'_>,
    program: &Program<'_>,
    opening: impl Iterator<Item = u32>,
) -> Result<Vec<Range<u32>>> {
    let mut open: Vec<u32> = Vec::new();
    for function in opening {
        for operator in program.body(function).get_operators_reader()? {
            addresses(&operator?, &mut open);
        }
    }
    let mut pointed = BTreeSet::new();
    let mut needed: BTreeMap<u32, bool> = linked.keys().map(|start| (*start, false)).collect();
    while let Some(address) = open.pop() {
        pointed.insert(address);
        // Where one piece ends and another starts, the address may be the end of the first: of a known kind only the start is.
        let (at, end_of) = (linked.range(..=address).next_back(), linked.range(..address).next_back());
        let end_of = end_of
            .filter(|(start, bytes)| (address - **start) as usize == bytes.len() && !is_known(bytes, linked));
        for (start, bytes) in
            at.filter(|(start, bytes)| ((address - **start) as usize) < bytes.len()).into_iter().chain(end_of)
        {
            // What only tells where a panic comes from is not needed for opening: until the rest is here, a panic says no place.
            if !is_panic_place(bytes, linked) && needed.insert(*start, true) == Some(false) {
                open.extend(words(bytes));
            }
        }
    }
    let is_alone = |start: u32| pointed.range(start.saturating_sub(LARGE)..start).next().is_none();
    let is_moved = |start: u32, bytes: &[u8]| {
        is_known(bytes, linked) || (bytes.len() >= LARGE as usize && is_alone(start))
    };
    let mut ranges: Vec<Range<u32>> = Vec::new();
    for (start, bytes) in linked.iter().filter(|(start, bytes)| !needed[*start] && is_moved(**start, bytes)) {
        let end = start + bytes.len() as u32;
        match ranges.last_mut() {
            Some(last) if last.end == *start => last.end = end,
            _ => ranges.push(*start..end),
        }
    }
    ranges.retain(|range| range.end - range.start >= LEAST);
    Ok(ranges)
}

/// Whether it is of a kind that code and data name by its beginning.
fn is_known(bytes: &[u8], linked: &Pieces<'_>) -> bool {
    is_text(bytes) || is_panic_place(bytes, linked) || is_method_table(bytes)
}

fn is_text(bytes: &[u8]) -> bool {
    // The names of files in the places of panics end with a zero.
    let bytes = bytes.strip_suffix(b"\0").unwrap_or(bytes);
    let is_written = |letter: char| !letter.is_control() || letter == '\n';
    std::str::from_utf8(bytes).is_ok_and(|text| text.chars().all(is_written))
}

fn words(bytes: &[u8]) -> Vec<u32> {
    bytes.chunks_exact(4).filter_map(|word| word.try_into().ok()).map(u32::from_le_bytes).collect()
}

/// Where a panic comes from: the file's name with its length, the line, the column.
fn is_panic_place(bytes: &[u8], linked: &Pieces<'_>) -> bool {
    match words(bytes).as_slice() {
        [file, length, line, column] if bytes.len() == 16 => {
            let is_file = linked.get(file).is_some_and(|name| name.len() >= *length as usize);
            is_file && (1..100_000).contains(line) && (1..1_000).contains(column)
        }
        _ => false,
    }
}

/// The methods of a type behind a trait: what drops it, its size, its alignment, and at least one place of the table of
/// functions.
fn is_method_table(bytes: &[u8]) -> bool {
    const PLACES: u32 = 1 << 14;
    match words(bytes).as_slice() {
        [drop, size, alignment, methods @ ..] if bytes.len().is_multiple_of(4) && !methods.is_empty() => {
            let is_place = |word: &u32| (1..PLACES).contains(word);
            let is_layout =
                matches!(alignment, 1 | 2 | 4 | 8 | 16) && size % alignment == 0 && *size < 1 << 16;
            is_layout && *drop < PLACES && methods.iter().all(is_place)
        }
        _ => false,
    }
}

/// The numbers in an instruction that may be addresses.
fn addresses(operator: &Operator<'_>, found: &mut Vec<u32>) {
    macro_rules! with_offset {
        ($($name:ident)*) => {
            match operator {
                Operator::I32Const { value } => found.push(*value as u32),
                $(Operator::$name { memarg } => found.push(memarg.offset as u32),)*
                _ => {}
            }
        };
    }
    with_offset! {
        I32Load I64Load F32Load F64Load I32Load8S I32Load8U I32Load16S I32Load16U
        I64Load8S I64Load8U I64Load16S I64Load16U I64Load32S I64Load32U
        I32Store I64Store F32Store F64Store I32Store8 I32Store16 I64Store8 I64Store16 I64Store32
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_told_from_tables() {
        assert!(is_text("a text that is long enough — and “written”\n".as_bytes()));
        for other in [&[0; 32][..], &[200; 32], b"has a \x01 number of its own"] {
            assert!(!is_text(other), "{other:?}");
        }
    }

    fn bytes(words: &[u32]) -> Vec<u8> {
        words.iter().flat_map(|word| word.to_le_bytes()).collect()
    }

    #[test]
    fn places_of_panics_and_tables_of_methods_have_their_shapes() {
        let linked = Pieces::from([(1_048_576, &b"src/model/erlang.rs"[..])]);
        assert!(is_panic_place(&bytes(&[1_048_576, 19, 120, 9]), &linked));
        assert!(!is_panic_place(&bytes(&[1_048_577, 19, 120, 9]), &linked));
        assert!(!is_panic_place(&bytes(&[1_048_576, 20, 120, 9]), &linked));
        assert!(is_method_table(&bytes(&[0, 8, 4, 17, 18])));
        assert!(!is_method_table(&bytes(&[0, 8, 3, 17])));
        assert!(!is_method_table(&bytes(&[0, 8, 4])));
    }
}
