//! A copy of the program that tells which of its functions run.

use std::convert::Infallible;

use anyhow::{Context, Result, anyhow};
use wasm_encoder::reencode::{Error, Reencode, utils};
use wasm_encoder::{CodeSection, EntityType, Instruction, Module, ValType};
use wasm_encoder::{
    DataCountSection, DataSection, ElementSection, ExportSection, FunctionSection, GlobalSection,
    ImportSection, MemorySection, StartSection, TableSection, TypeSection,
};

use super::program::Program;

/// The names under which the page gives the program what it tells its functions' numbers.
const SEEN: (&str, &str) = ("rest", "seen");

/// The copy: each function first tells its number, counted from the first that has a body.
///
/// # Errors
/// When the program is none that this can read.
pub(super) fn watched(program: &Program<'_>) -> Result<Vec<u8>> {
    let told = |error: Error| anyhow!("cannot write the program anew: {error}");
    let mut numbers = Watched { imported: program.imported, current: 0 };
    let mut module = Module::new();
    let mut types = TypeSection::new();
    let section = program.types.clone().context("a program without types")?;
    utils::parse_type_section(&mut numbers, &mut types, section).map_err(told)?;
    let telling = types.len();
    types.ty().function([ValType::I32], []);
    module.section(&types);
    let mut imports = ImportSection::new();
    let section = program.imports.clone().context("a program without imports")?;
    utils::parse_import_section(&mut numbers, &mut imports, section).map_err(told)?;
    imports.import(SEEN.0, SEEN.1, EntityType::Function(telling));
    module.section(&imports);
    let mut functions = FunctionSection::new();
    for function in program.own() {
        functions.function(program.functions[function as usize]);
    }
    module.section(&functions);
    let mut tables = TableSection::new();
    let section = program.tables.clone().context("a program without tables")?;
    utils::parse_table_section(&mut numbers, &mut tables, section).map_err(told)?;
    module.section(&tables);
    let mut memories = MemorySection::new();
    let section = program.memories.clone().context("a program without memory")?;
    utils::parse_memory_section(&mut numbers, &mut memories, section).map_err(told)?;
    module.section(&memories);
    let mut globals = GlobalSection::new();
    let section = program.globals.clone().context("a program without globals")?;
    utils::parse_global_section(&mut numbers, &mut globals, section).map_err(told)?;
    module.section(&globals);
    let mut exports = ExportSection::new();
    let section = program.exports.clone().context("a program without exports")?;
    utils::parse_export_section(&mut numbers, &mut exports, section).map_err(told)?;
    module.section(&exports);
    if let Some(function) = program.start {
        let function_index = numbers.function_index(function).map_err(told)?;
        module.section(&StartSection { function_index });
    }
    let mut elements = ElementSection::new();
    for element in program.elements.clone() {
        utils::parse_element(&mut numbers, &mut elements, element).map_err(told)?;
    }
    module.section(&elements);
    if let Some(count) = program.data_count {
        module.section(&DataCountSection { count });
    }
    let mut code = CodeSection::new();
    for (function, number) in program.own().zip(0..) {
        numbers.current = number;
        numbers.parse_function_body(&mut code, program.body(function).clone()).map_err(told)?;
    }
    module.section(&code);
    if let Some(section) = program.data.clone() {
        let mut data = DataSection::new();
        utils::parse_data_section(&mut numbers, &mut data, section).map_err(told)?;
        module.section(&data);
    }
    Ok(module.finish())
}

/// The numbers of functions when one more comes from outside, and the number of the one that is written.
struct Watched {
    imported: u32,
    current: i32,
}

impl Reencode for Watched {
    type Error = Infallible;

    fn function_index(&mut self, function: u32) -> Result<u32, Error> {
        Ok(if function < self.imported { function } else { function + 1 })
    }

    fn parse_function_body(
        &mut self,
        code: &mut CodeSection,
        body: wasmparser::FunctionBody<'_>,
    ) -> Result<(), Error> {
        let mut function = self.new_function_with_parsed_locals(&body)?;
        function.instruction(&Instruction::I32Const(self.current));
        function.instruction(&Instruction::Call(self.imported));
        let mut operators = body.get_operators_reader()?;
        while !operators.eof() {
            function.instruction(&self.parse_instruction(&mut operators)?);
        }
        code.function(&function);
        Ok(())
    }
}
