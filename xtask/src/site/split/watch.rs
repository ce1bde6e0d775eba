//! A copy of the program that tells which of its functions run.

use std::convert::Infallible;

use anyhow::Result;
use wasm_encoder::reencode::{Error, Reencode};
use wasm_encoder::{CodeSection, DataCountSection, EntityType, Instruction, Module, ValType};

use super::anew::{Anew, Shifted, functions, told, types};
use super::program::Program;

/// The names under which the page gives the program what it tells its functions' numbers.
const SEEN: (&str, &str) = ("rest", "seen");

/// The copy: each function first tells its number, counted from the first that has a body.
///
/// # Errors
/// When the program is none that this can read.
pub(super) fn watched(program: &Program<'_>) -> Result<Vec<u8>> {
    let mut numbers = Watched { numbers: Shifted::of(program), telling: program.imported, current: 0 };
    let mut module = Module::new();
    let mut types = types(program)?;
    let telling = types.len();
    types.ty().function([ValType::I32], []);
    module.section(&types);
    let mut imports = numbers.imports(program)?;
    imports.import(SEEN.0, SEEN.1, EntityType::Function(telling));
    module.section(&imports);
    module.section(&functions(program));
    module.section(&numbers.tables(program)?);
    module.section(&numbers.memories(program)?).section(&numbers.globals(program)?);
    module.section(&numbers.exports(program)?);
    numbers.start(program, &mut module)?;
    module.section(&numbers.elements(program)?);
    if let Some(count) = program.data_count {
        module.section(&DataCountSection { count });
    }
    let mut code = CodeSection::new();
    for (function, number) in program.own().zip(0..) {
        numbers.current = number;
        numbers.parse_function_body(&mut code, program.body(function).clone()).map_err(told)?;
    }
    module.section(&code).section(&numbers.data(program)?);
    Ok(module.finish())
}

/// The numbers of functions when that to which they tell theirs comes from outside, and the number of the one that is written.
struct Watched {
    numbers: Shifted,
    telling: u32,
    current: i32,
}

impl Reencode for Watched {
    type Error = Infallible;

    fn function_index(&mut self, function: u32) -> Result<u32, Error> {
        self.numbers.function_index(function)
    }

    fn parse_function_body(
        &mut self,
        code: &mut CodeSection,
        body: wasmparser::FunctionBody<'_>,
    ) -> Result<(), Error> {
        let mut function = self.new_function_with_parsed_locals(&body)?;
        function.instruction(&Instruction::I32Const(self.current));
        function.instruction(&Instruction::Call(self.telling));
        let mut operators = body.get_operators_reader()?;
        while !operators.eof() {
            function.instruction(&self.parse_instruction(&mut operators)?);
        }
        code.function(&function);
        Ok(())
    }
}
