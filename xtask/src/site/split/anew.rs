//! The sections of a program written anew, with other numbers of its functions.

use std::collections::BTreeMap;
use std::convert::Infallible;

use anyhow::{Context, Result, anyhow};
use wasm_encoder::reencode::{Error, Reencode, RoundtripReencoder, utils};
use wasm_encoder::{
    DataSection, ElementSection, ExportSection, FunctionSection, GlobalSection, ImportSection, MemorySection,
    Module, StartSection, TableSection, TypeSection,
};

use super::program::Program;

/// The numbers of functions when one more comes from outside.
pub(super) struct Shifted {
    from: u32,
}

impl Shifted {
    /// The numbers for a program.
    pub(super) fn of(program: &Program<'_>) -> Self {
        Self { from: program.imported }
    }
}

impl Reencode for Shifted {
    type Error = Infallible;

    fn function_index(&mut self, function: u32) -> Result<u32, Error> {
        Ok(if function < self.from { function } else { function + 1 })
    }
}

/// The numbers of functions in another order: by the old number the new one.
pub(super) struct Renumbered<'a> {
    order: &'a BTreeMap<u32, u32>,
}

impl<'a> Renumbered<'a> {
    /// The numbers by their map.
    pub(super) fn by(order: &'a BTreeMap<u32, u32>) -> Self {
        Self { order }
    }
}

impl Reencode for Renumbered<'_> {
    type Error = Infallible;

    fn function_index(&mut self, function: u32) -> Result<u32, Error> {
        self.order.get(&function).copied().ok_or(Error::InvalidConstExpr)
    }
}

/// What went wrong, for those who build.
#[expect(clippy::needless_pass_by_value, reason = "`map_err` hands it over")]
pub(super) fn told(error: Error) -> anyhow::Error {
    anyhow!("cannot write the program anew: {error}")
}

/// Gives each section the numbers that functions have in the new program.
pub(super) trait Anew: Reencode<Error = Infallible> + Sized {
    /// What comes from outside.
    fn imports(&mut self, program: &Program<'_>) -> Result<ImportSection> {
        let mut imports = ImportSection::new();
        if let Some(section) = program.imports.clone() {
            utils::parse_import_section(self, &mut imports, section).map_err(told)?;
        }
        Ok(imports)
    }

    /// The tables.
    fn tables(&mut self, program: &Program<'_>) -> Result<TableSection> {
        let mut tables = TableSection::new();
        if let Some(section) = program.tables.clone() {
            utils::parse_table_section(self, &mut tables, section).map_err(told)?;
        }
        Ok(tables)
    }

    /// The memories.
    fn memories(&mut self, program: &Program<'_>) -> Result<MemorySection> {
        let mut memories = MemorySection::new();
        if let Some(section) = program.memories.clone() {
            utils::parse_memory_section(self, &mut memories, section).map_err(told)?;
        }
        Ok(memories)
    }

    /// The globals.
    fn globals(&mut self, program: &Program<'_>) -> Result<GlobalSection> {
        let mut globals = GlobalSection::new();
        if let Some(section) = program.globals.clone() {
            utils::parse_global_section(self, &mut globals, section).map_err(told)?;
        }
        Ok(globals)
    }

    /// What is given to the outside.
    fn exports(&mut self, program: &Program<'_>) -> Result<ExportSection> {
        let mut exports = ExportSection::new();
        if let Some(section) = program.exports.clone() {
            utils::parse_export_section(self, &mut exports, section).map_err(told)?;
        }
        Ok(exports)
    }

    /// What is in memory at the start.
    fn data(&mut self, program: &Program<'_>) -> Result<DataSection> {
        let mut data = DataSection::new();
        if let Some(section) = program.data.clone() {
            utils::parse_data_section(self, &mut data, section).map_err(told)?;
        }
        Ok(data)
    }

    /// Has the new program start as the old one does.
    fn start(&mut self, program: &Program<'_>, module: &mut Module) -> Result<()> {
        if let Some(function) = program.start {
            let function_index = self.function_index(function).map_err(told)?;
            module.section(&StartSection { function_index });
        }
        Ok(())
    }

    /// What fills the tables.
    fn elements(&mut self, program: &Program<'_>) -> Result<ElementSection> {
        let mut elements = ElementSection::new();
        for element in program.elements.clone() {
            utils::parse_element(self, &mut elements, element).map_err(told)?;
        }
        Ok(elements)
    }
}

impl<R: Reencode<Error = Infallible>> Anew for R {}

/// The types, which do not name functions.
pub(super) fn types(program: &Program<'_>) -> Result<TypeSection> {
    let mut types = TypeSection::new();
    let section = program.types.clone().context("a program without types")?;
    utils::parse_type_section(&mut RoundtripReencoder, &mut types, section).map_err(told)?;
    Ok(types)
}

/// The types of the functions that have bodies.
pub(super) fn functions(program: &Program<'_>) -> FunctionSection {
    let mut functions = FunctionSection::new();
    for function in program.own() {
        functions.function(program.functions[function as usize]);
    }
    functions
}
