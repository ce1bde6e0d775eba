//! The functions of a program in an order in which they compress better: each beside the one that it is most like.
//!
//! A compressor finds what it has seen, and codes the better the nearer that is. Compilers leave functions where their
//! crates have them; after this, the many that differ in a type or a constant stand in a row.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::Result;
use wasm_encoder::reencode::Reencode;
use wasm_encoder::{CodeSection, DataCountSection, FunctionSection, Module};

use super::anew::{Anew, Renumbered, told, types};
use super::program::Program;

/// How many bytes in a row must be alike to count.
const RUN: usize = 5;

/// Runs that more functions have than this tell nothing of any of them.
const COMMON: usize = 200;

/// The program with its functions in that order; nothing else of it changes.
///
/// # Errors
/// When the program is none that this can read.
pub(crate) fn ordered(wasm: &[u8]) -> Result<Vec<u8>> {
    let program = &Program::read(wasm)?;
    let bodies: Vec<&[u8]> = program.own().map(|function| program.body(function).as_bytes()).collect();
    let order: Vec<u32> = chain(&bodies).into_iter().map(|place| program.imported + place as u32).collect();
    let new = (0..program.imported).chain(order.iter().copied()).zip(0..).collect::<BTreeMap<u32, u32>>();
    let mut numbers = Renumbered::by(&new);
    let (mut functions, mut code) = (FunctionSection::new(), CodeSection::new());
    for function in order {
        functions.function(program.functions[function as usize]);
        numbers.parse_function_body(&mut code, program.body(function).clone()).map_err(told)?;
    }
    let mut module = Module::new();
    module.section(&types(program)?).section(&numbers.imports(program)?).section(&functions);
    module.section(&numbers.tables(program)?).section(&numbers.memories(program)?);
    module.section(&numbers.globals(program)?).section(&numbers.exports(program)?);
    numbers.start(program, &mut module)?;
    module.section(&numbers.elements(program)?);
    if let Some(count) = program.data_count {
        module.section(&DataCountSection { count });
    }
    module.section(&code).section(&numbers.data(program)?);
    Ok(module.finish())
}

/// Goes from each piece to the one that is most like it of those that are left; where none is like it at all, to the first
/// that is left by the alphabet.
fn chain(pieces: &[&[u8]]) -> Vec<usize> {
    let runs: Vec<BTreeSet<&[u8]>> = pieces.iter().map(|piece| piece.windows(RUN).collect()).collect();
    let mut holders: BTreeMap<&[u8], Vec<usize>> = BTreeMap::new();
    for (place, runs) in runs.iter().enumerate() {
        for run in runs {
            holders.entry(run).or_default().push(place);
        }
    }
    holders.retain(|_, holders| holders.len() <= COMMON);
    let mut left: BTreeSet<(&[u8], usize)> = pieces.iter().copied().zip(0..).collect();
    let mut order = Vec::with_capacity(pieces.len());
    let mut next = left.pop_first();
    while let Some((_, place)) = next {
        order.push(place);
        let mut shared: BTreeMap<usize, usize> = BTreeMap::new();
        for other in runs[place].iter().filter_map(|run| holders.get(run)).flatten() {
            if left.contains(&(pieces[*other], *other)) {
                *shared.entry(*other).or_default() += 1;
            }
        }
        let likeness = |(other, shared): &(usize, usize)| {
            let all = runs[place].len() + runs[*other].len() - shared + 8;
            *shared as f64 / all as f64
        };
        let best = shared.into_iter().max_by(|a, b| likeness(a).total_cmp(&likeness(b)));
        next = match best {
            Some((other, _)) => left.take(&(pieces[other], other)),
            None => left.pop_first(),
        };
    }
    order
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_alike_stands_side_by_side() {
        let pieces: [&[u8]; 5] =
            [b"a long road home", b"nothing", b"a long rope", b"nothing else", b"a long road"];
        let order: Vec<&[u8]> = chain(&pieces).into_iter().map(|place| pieces[place]).collect();
        let text = order.iter().map(|piece| String::from_utf8_lossy(piece)).collect::<Vec<_>>().join(", ");
        assert_eq!(text, "a long road, a long road home, a long rope, nothing, nothing else");
    }
}
