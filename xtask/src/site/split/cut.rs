//! Cuts a program in two: what it needs to open, and the rest, which is fetched later.
//!
//! Both share memory, tables and globals, which the opening part has. A function that one part calls and the other has is
//! called through a place in the table of functions, by a stub that takes the function's number: so nothing else in the
//! code changes. The stubs of the opening part first see to it that the rest is here, by a function that the page
//! provides; until then they stand in the table for the functions of the rest.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use anyhow::{Context, Result};
use wasm_encoder::reencode::{Reencode, RoundtripReencoder};
use wasm_encoder::{
    BlockType, CodeSection, ConstExpr, DataCountSection, DataSection, ElementSection, Elements, EntityType,
    ExportKind, Function, FunctionSection, GlobalType, ImportSection, Instruction, Module, TableSection,
    TableType, ValType,
};
use wasmparser::ExternalKind;

use super::anew::{Anew, Renumbered, Shifted, functions, told, types};
use super::constants::{pieces, unneeded};
use super::program::Program;

/// The names under which the page gives the opening part what brings the rest.
const BRING: (&str, &str) = ("rest", "bring");
/// The name under which the page gives the rest what the opening part exports.
const OPENING: &str = "opening";

/// A program in two.
pub(crate) struct Halves {
    /// Opens the page.
    pub(crate) opening: Vec<u8>,
    /// Everything else.
    pub(crate) rest: Vec<u8>,
}

/// Cuts a program; `linked` is the same as the linker wrote it, and `is_later` says of a function's name whether the page can
/// open without it.
///
/// # Errors
/// When the program is none that this can cut.
pub(crate) fn cut(wasm: &[u8], linked: &[u8], is_later: impl Fn(&str) -> bool) -> Result<Halves> {
    let program = Program::read(wasm)?;
    let mut cut = Cut::of(&program, is_later)?;
    let opening = program.own().filter(|function| !cut.later.contains(function));
    cut.constants = unneeded(&pieces(&Program::read(linked)?)?, &program, opening)?;
    Ok(Halves { opening: cut.opening()?, rest: cut.rest()? })
}

/// Which function stands where.
struct Cut<'p, 'a> {
    program: &'p Program<'a>,
    /// The functions of the rest.
    later: BTreeSet<u32>,
    /// The functions of the opening part, and those from outside, that the rest calls.
    lent: Vec<u32>,
    /// The place in the table of each function that stands there.
    places: BTreeMap<u32, u32>,
    /// How many places the table has more than before.
    added: u32,
    /// The table of functions, and how many places it had.
    table: (u32, u32),
    /// The addresses of what is in memory for the rest alone.
    constants: Vec<Range<u32>>,
}

impl<'p, 'a> Cut<'p, 'a> {
    fn of(program: &'p Program<'a>, is_later: impl Fn(&str) -> bool) -> Result<Self> {
        let later: BTreeSet<u32> =
            program.own().filter(|function| is_later(program.name(*function))).collect();
        let table = program.function_table()?;
        let mut places = program.places()?;
        let mut shared: BTreeSet<u32> = program.start.into_iter().collect();
        for export in program.exports.clone().context("a program without exports")? {
            let export = export?;
            if export.kind == ExternalKind::Func {
                shared.insert(export.index);
            }
        }
        shared.retain(|function| later.contains(function));
        let mut lent = BTreeSet::new();
        for caller in program.own() {
            for called in program.called_by(caller)? {
                match (later.contains(&caller), later.contains(&called)) {
                    (true, false) => _ = lent.insert(called),
                    (false, true) => _ = shared.insert(called),
                    _ => {}
                }
            }
        }
        let mut added = 0;
        for function in shared.iter().chain(&lent) {
            places.entry(*function).or_insert_with(|| {
                added += 1;
                table.1 + added - 1
            });
        }
        Ok(Self {
            program,
            later,
            lent: lent.into_iter().collect(),
            places,
            added,
            table,
            constants: Vec::new(),
        })
    }

    /// The part that opens the page.
    fn opening(&self) -> Result<Vec<u8>> {
        let program = self.program;
        // One more function comes from outside: the numbers of the others move up by one.
        let mut numbers = Shifted::of(program);
        let mut module = Module::new();

        let mut types = types(program)?;
        let nothing = types.len();
        types.ty().function([], []);
        module.section(&types);

        let mut imports = numbers.imports(program)?;
        imports.import(BRING.0, BRING.1, EntityType::Function(nothing));
        module.section(&imports);

        let mut functions = functions(program);
        functions.function(nothing);
        module.section(&functions);

        let mut tables = TableSection::new();
        for table in self.tables()? {
            tables.table(table);
        }
        module.section(&tables);
        let memories = numbers.memories(program)?;
        module.section(&memories);
        let mut globals = numbers.globals(program)?;
        let is_here = globals.len();
        let kind = GlobalType { val_type: ValType::I32, mutable: true, shared: false };
        globals.global(kind, &ConstExpr::i32_const(0));
        module.section(&globals);

        let mut exports = numbers.exports(program)?;
        for (kind, count) in [
            (ExportKind::Table, tables.len()),
            (ExportKind::Memory, memories.len()),
            (ExportKind::Global, is_here),
        ] {
            for index in 0..count {
                exports.export(&shared_name(kind, index), kind, index);
            }
        }
        module.section(&exports);
        numbers.start(program, &mut module)?;

        let mut elements = numbers.elements(program)?;
        let lent = self
            .places
            .iter()
            .filter(|(function, place)| **place >= self.table.1 && !self.later.contains(function));
        self.fill(&mut elements, lent, |function| numbers.function_index(function).map_err(told))?;
        module.section(&elements);
        let code = self.opening_code(&mut numbers, is_here)?;
        let (data, _) = self.data()?;
        module.section(&DataCountSection { count: data.len() }).section(&code).section(&data);
        Ok(module.finish())
    }

    /// The bodies of the opening part: its own functions, stubs for those of the rest, and what brings the rest once.
    fn opening_code(&self, numbers: &mut Shifted, is_here: u32) -> Result<CodeSection> {
        let program = self.program;
        let mut code = CodeSection::new();
        let bring = program.imported;
        let ensure = program.functions.len() as u32 + 1;
        for function in program.own() {
            if !self.later.contains(&function) {
                numbers.parse_function_body(&mut code, program.body(function).clone()).map_err(told)?;
            } else if self.places.contains_key(&function) {
                code.function(&self.stub(function, Some(ensure))?);
            } else {
                // Nobody here calls it; what cleans up afterwards takes it away.
                let mut gone = Function::new([]);
                gone.instruction(&Instruction::Unreachable).instruction(&Instruction::End);
                code.function(&gone);
            }
        }
        let mut once = Function::new([]);
        once.instruction(&Instruction::GlobalGet(is_here))
            .instruction(&Instruction::I32Eqz)
            .instruction(&Instruction::If(BlockType::Empty))
            .instruction(&Instruction::Call(bring))
            .instruction(&Instruction::I32Const(1))
            .instruction(&Instruction::GlobalSet(is_here))
            .instruction(&Instruction::End)
            .instruction(&Instruction::End);
        code.function(&once);
        Ok(code)
    }

    /// The rest.
    fn rest(&self) -> Result<Vec<u8>> {
        let program = self.program;
        let order: BTreeMap<u32, u32> = self.lent.iter().chain(&self.later).copied().zip(0..).collect();
        let mut numbers = Renumbered::by(&order);
        let mut module = Module::new();
        module.section(&types(program)?);

        let mut imports = ImportSection::new();
        for (table, index) in self.tables()?.into_iter().zip(0..) {
            imports.import(OPENING, &shared_name(ExportKind::Table, index), table);
        }
        for (memory, index) in program.memories.clone().into_iter().flatten().zip(0..) {
            let kind = numbers.memory_type(memory?).map_err(told)?;
            imports.import(OPENING, &shared_name(ExportKind::Memory, index), kind);
        }
        for (global, index) in program.globals.clone().into_iter().flatten().zip(0..) {
            let kind = numbers.global_type(global?.ty).map_err(told)?;
            imports.import(OPENING, &shared_name(ExportKind::Global, index), kind);
        }
        module.section(&imports);

        let mut functions = FunctionSection::new();
        let mut code = CodeSection::new();
        for function in self.lent.iter().chain(&self.later) {
            functions.function(program.functions[*function as usize]);
            if self.later.contains(function) {
                numbers.parse_function_body(&mut code, program.body(*function).clone()).map_err(told)?;
            } else {
                code.function(&self.stub(*function, None)?);
            }
        }
        module.section(&functions);
        let mut elements = ElementSection::new();
        let own = self.places.iter().filter(|(function, _)| self.later.contains(function));
        self.fill(&mut elements, own, |function| Ok(order[&function]))?;
        module.section(&elements);
        let (_, data) = self.data()?;
        module.section(&DataCountSection { count: data.len() }).section(&code).section(&data);
        Ok(module.finish())
    }

    /// What is in memory: for the opening part in one piece, with nothing where the constants of the rest go; and these.
    fn data(&self) -> Result<(DataSection, DataSection)> {
        let pieces = pieces(self.program)?;
        let start = pieces.keys().next().copied().unwrap_or_default();
        let end = pieces.iter().map(|(start, bytes)| *start as usize + bytes.len()).max().unwrap_or_default();
        let mut memory = vec![0; end.saturating_sub(start as usize)];
        for (at, bytes) in &pieces {
            let at = (at - start) as usize;
            memory[at..at + bytes.len()].copy_from_slice(bytes);
        }
        let (mut opening, mut rest) = (DataSection::new(), DataSection::new());
        for range in &self.constants {
            let place = (range.start - start) as usize..(range.end - start) as usize;
            let bytes = memory.get_mut(place).context("a constant where the program has no memory")?;
            rest.active(0, &ConstExpr::i32_const(range.start.cast_signed()), bytes.iter().copied());
            bytes.fill(0);
        }
        opening.active(0, &ConstExpr::i32_const(start.cast_signed()), memory);
        Ok((opening, rest))
    }

    /// The tables, with room for the functions that stand there because of the cut.
    fn tables(&self) -> Result<Vec<TableType>> {
        let mut tables = Vec::new();
        for (index, table) in
            self.program.tables.clone().context("a program without tables")?.into_iter().enumerate()
        {
            let mut kind = RoundtripReencoder.table_type(table?.ty).map_err(told)?;
            if index as u32 == self.table.0 {
                kind.minimum += u64::from(self.added);
                kind.maximum = kind.maximum.map(|most| most + u64::from(self.added));
            }
            tables.push(kind);
        }
        Ok(tables)
    }

    /// A function that calls another through the table, after `first`.
    fn stub(&self, function: u32, first: Option<u32>) -> Result<Function> {
        let type_index = self.program.functions[function as usize];
        let signature =
            self.program.signatures[type_index as usize].as_ref().context("a function without a type")?;
        let mut stub = Function::new([]);
        if let Some(first) = first {
            stub.instruction(&Instruction::Call(first));
        }
        for parameter in 0..signature.params().len() as u32 {
            stub.instruction(&Instruction::LocalGet(parameter));
        }
        stub.instruction(&Instruction::I32Const(self.places[&function].cast_signed()));
        stub.instruction(&Instruction::CallIndirect { type_index, table_index: self.table.0 });
        stub.instruction(&Instruction::End);
        Ok(stub)
    }

    /// Fills places of the table, in as few pieces as there are gaps.
    fn fill<'f>(
        &self,
        elements: &mut ElementSection,
        filled: impl Iterator<Item = (&'f u32, &'f u32)>,
        mut number: impl FnMut(u32) -> Result<u32>,
    ) -> Result<()> {
        let mut places: Vec<(u32, u32)> = filled.map(|(function, place)| (*place, *function)).collect();
        places.sort_unstable();
        let mut rest = places.as_slice();
        while let Some(&(start, _)) = rest.first() {
            let length = rest.iter().zip(start..).take_while(|((place, _), next)| place == next).count();
            let (run, after) = rest.split_at(length);
            let functions: Vec<u32> =
                run.iter().map(|(_, function)| number(*function)).collect::<Result<_>>()?;
            let start = ConstExpr::i32_const(start.cast_signed());
            elements.active(Some(self.table.0), &start, Elements::Functions(functions.into()));
            rest = after;
        }
        Ok(())
    }
}

/// What a table, a memory or a global is called between the parts; no other export has a colon.
fn shared_name(kind: ExportKind, index: u32) -> String {
    let letter = match kind {
        ExportKind::Table => 't',
        ExportKind::Memory => 'm',
        _ => 'g',
    };
    format!(":{letter}{index}")
}

#[cfg(test)]
mod tests;
