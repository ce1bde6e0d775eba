//! A WebAssembly program, read as far as cutting it takes.

use std::collections::BTreeMap;

use anyhow::{Context, Result, bail};
use wasmparser::{
    CompositeInnerType, DataSectionReader, Element, ElementItems, ElementKind, ExportSectionReader, FuncType,
    FunctionBody, GlobalSectionReader, Import, ImportSectionReader, Imports, KnownCustom,
    MemorySectionReader, Name, Operator, Parser, Payload, TableSectionReader, TypeRef, TypeSectionReader,
};

/// The parts of a program, in the order of the file.
#[derive(Default)]
pub(super) struct Program<'a> {
    pub(super) types: Option<TypeSectionReader<'a>>,
    pub(super) imports: Option<ImportSectionReader<'a>>,
    pub(super) tables: Option<TableSectionReader<'a>>,
    pub(super) memories: Option<MemorySectionReader<'a>>,
    pub(super) globals: Option<GlobalSectionReader<'a>>,
    pub(super) exports: Option<ExportSectionReader<'a>>,
    pub(super) start: Option<u32>,
    pub(super) elements: Vec<Element<'a>>,
    pub(super) bodies: Vec<FunctionBody<'a>>,
    pub(super) data_count: Option<u32>,
    pub(super) data: Option<DataSectionReader<'a>>,
    /// The type of each function, those from outside first.
    pub(super) functions: Vec<u32>,
    /// How many functions come from outside.
    pub(super) imported: u32,
    /// The types themselves, as far as they are functions'.
    pub(super) signatures: Vec<Option<FuncType>>,
    names: BTreeMap<u32, &'a str>,
}

impl<'a> Program<'a> {
    /// Reads a program.
    ///
    /// # Errors
    /// When it is none, or uses what Rust for browsers does not.
    pub(super) fn read(wasm: &'a [u8]) -> Result<Self> {
        let mut program = Self::default();
        for payload in Parser::new(0).parse_all(wasm) {
            program.take(payload?)?;
        }
        Ok(program)
    }

    fn take(&mut self, payload: Payload<'a>) -> Result<()> {
        match payload {
            Payload::TypeSection(section) => {
                for group in section.clone() {
                    for kind in group?.into_types() {
                        self.signatures.push(match kind.composite_type.inner {
                            CompositeInnerType::Func(signature) => Some(signature),
                            _ => None,
                        });
                    }
                }
                self.types = Some(section);
            }
            Payload::ImportSection(section) => {
                for imports in section.clone() {
                    let Imports::Single(_, Import { ty, .. }) = imports? else { bail!("imports in groups") };
                    if let TypeRef::Func(signature) = ty {
                        self.functions.push(signature);
                    }
                }
                self.imported = self.functions.len() as u32;
                self.imports = Some(section);
            }
            Payload::FunctionSection(section) => {
                for signature in section {
                    self.functions.push(signature?);
                }
            }
            Payload::TableSection(section) => self.tables = Some(section),
            Payload::MemorySection(section) => self.memories = Some(section),
            Payload::GlobalSection(section) => self.globals = Some(section),
            Payload::ExportSection(section) => self.exports = Some(section),
            Payload::StartSection { func, .. } => self.start = Some(func),
            Payload::ElementSection(section) => {
                self.elements = section.into_iter().collect::<Result<_, _>>()?;
            }
            Payload::DataCountSection { count, .. } => self.data_count = Some(count),
            Payload::DataSection(section) => self.data = Some(section),
            Payload::CodeSectionEntry(body) => self.bodies.push(body),
            Payload::CustomSection(section) => {
                if let KnownCustom::Name(names) = section.as_known() {
                    for part in names {
                        let Name::Function(functions) = part? else { continue };
                        for naming in functions {
                            let naming = naming?;
                            self.names.insert(naming.index, naming.name);
                        }
                    }
                }
            }
            Payload::Version { .. } | Payload::CodeSectionStart { .. } | Payload::End(_) => {}
            other => bail!("a section that programs for browsers do not have: {other:?}"),
        }
        Ok(())
    }

    /// What a function is called in the source.
    pub(super) fn name(&self, function: u32) -> &'a str {
        self.names.get(&function).copied().unwrap_or_default()
    }

    /// The indices of the functions that have bodies here.
    pub(super) fn own(&self) -> std::ops::Range<u32> {
        self.imported..self.functions.len() as u32
    }

    /// The body of a function of its own.
    pub(super) fn body(&self, function: u32) -> &FunctionBody<'a> {
        &self.bodies[(function - self.imported) as usize]
    }

    /// The functions that a function calls by name.
    pub(super) fn called_by(&self, function: u32) -> Result<Vec<u32>> {
        let mut called = Vec::new();
        for operator in self.body(function).get_operators_reader()? {
            match operator? {
                Operator::Call { function_index } => called.push(function_index),
                Operator::ReturnCall { .. } | Operator::RefFunc { .. } | Operator::TableInit { .. } => {
                    bail!("{} names a function otherwise than by calling it", self.name(function))
                }
                _ => {}
            }
        }
        Ok(called)
    }

    /// The table of functions: which it is, and how many places it has.
    pub(super) fn function_table(&self) -> Result<(u32, u32)> {
        let tables = self.tables.clone().context("no table")?;
        for (index, table) in tables.into_iter().enumerate() {
            let table = table?;
            if table.ty.element_type.is_func_ref() {
                return Ok((index as u32, u32::try_from(table.ty.initial)?));
            }
        }
        bail!("no table of functions")
    }

    /// Where in the table of functions a function stands first.
    pub(super) fn places(&self) -> Result<BTreeMap<u32, u32>> {
        let (table, _) = self.function_table()?;
        let mut places = BTreeMap::new();
        for element in &self.elements {
            let ElementKind::Active { table_index, offset_expr } = &element.kind else {
                bail!("places of the table that are not filled at the start")
            };
            let mut operators = offset_expr.get_operators_reader();
            let Operator::I32Const { value } = operators.read()? else {
                bail!("a table filled from a place that is no constant")
            };
            let ElementItems::Functions(functions) = &element.items else {
                bail!("a table filled with other than functions")
            };
            if table_index.unwrap_or(0) != table {
                bail!("a second table that is filled");
            }
            for (place, function) in (value as u32..).zip(functions.clone()) {
                places.entry(function?).or_insert(place);
            }
        }
        Ok(places)
    }
}
