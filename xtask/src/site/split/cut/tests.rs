//! Cutting, on the smallest program that has something to cut.

use wasm_encoder::{ExportSection, MemorySection, NameMap, NameSection, RefType, TypeSection};
use wasmparser::{Imports, Parser, Payload};

use super::*;

const TEXT: &[u8] = b"only the second function reads this";
/// It stands right behind the other: an address between them is the start of this one.
const NEXT: &[u8] = b"the first reads this";
/// Where it stands.
const NEXT_AT: i32 = 1_048_576 + TEXT.len().cast_signed() as i32;

/// A program of two functions: `first`, which is exported, reads a text and calls `second`, and `second`, which reads another.
fn program() -> Vec<u8> {
    let mut module = Module::new();
    let mut types = TypeSection::new();
    types.ty().function([ValType::I32], [ValType::I32]);
    module.section(&types);
    let mut functions = FunctionSection::new();
    functions.function(0).function(0);
    module.section(&functions);
    let mut tables = TableSection::new();
    let kind = TableType {
        element_type: RefType::FUNCREF,
        table64: false,
        minimum: 2,
        maximum: Some(2),
        shared: false,
    };
    tables.table(kind);
    module.section(&tables);
    let mut memories = MemorySection::new();
    let kind = wasm_encoder::MemoryType {
        minimum: 17,
        maximum: None,
        memory64: false,
        shared: false,
        page_size_log2: None,
    };
    memories.memory(kind);
    module.section(&memories);
    let mut exports = ExportSection::new();
    exports.export("a", ExportKind::Func, 0);
    module.section(&exports);
    let mut elements = ElementSection::new();
    elements.active(Some(0), &ConstExpr::i32_const(1), Elements::Functions(vec![1].into()));
    module.section(&elements);
    let mut code = CodeSection::new();
    let mut first = Function::new([]);
    first
        .instruction(&Instruction::I32Const(NEXT_AT))
        .instruction(&Instruction::Drop)
        .instruction(&Instruction::LocalGet(0))
        .instruction(&Instruction::Call(1))
        .instruction(&Instruction::End);
    let mut second = Function::new([]);
    second.instruction(&Instruction::I32Const(1_048_576)).instruction(&Instruction::End);
    code.function(&first).function(&second);
    module.section(&code);
    let mut data = DataSection::new();
    data.active(0, &ConstExpr::i32_const(1_048_576), TEXT.iter().copied());
    data.active(0, &ConstExpr::i32_const(NEXT_AT), NEXT.iter().copied());
    data.active(0, &ConstExpr::i32_const(1_048_640), *b"both");
    module.section(&data);
    let mut names = NameMap::new();
    names.append(0, "first");
    names.append(1, "second");
    let mut section = NameSection::new();
    section.functions(&names);
    module.section(&section);
    module.finish()
}

fn imports(wasm: &[u8]) -> Vec<String> {
    let mut names = Vec::new();
    for payload in Parser::new(0).parse_all(wasm) {
        if let Payload::ImportSection(section) = payload.unwrap() {
            for imports in section {
                let Imports::Single(_, import) = imports.unwrap() else { panic!("imports in groups") };
                names.push([import.module, import.name].join(" "));
            }
        }
    }
    names
}

#[test]
fn what_comes_later_takes_its_constants_along() {
    let whole = program();
    let Halves { opening, rest } = cut(&whole, &whole, |name| name == "second").unwrap();
    assert_eq!(imports(&opening), ["rest bring"]);
    assert_eq!(imports(&rest), ["opening :t0", "opening :m0"]);
    let has = |wasm: &[u8], text: &[u8]| wasm.windows(text.len()).any(|window| window == text);
    assert!(has(&rest, TEXT) && !has(&opening, TEXT));
    assert!(has(&opening, NEXT) && !has(&rest, NEXT));
    assert!(has(&opening, b"both") && !has(&rest, b"both"));
}

#[test]
fn a_program_that_opens_with_everything_keeps_everything() {
    let whole = program();
    let Halves { opening, rest } = cut(&whole, &whole, |_| false).unwrap();
    assert!(opening.windows(TEXT.len()).any(|window| window == TEXT));
    assert!(!rest.windows(TEXT.len()).any(|window| window == TEXT));
}

#[test]
fn what_is_no_program_is_an_error() {
    assert!(cut(b"no program", b"no program", |_| false).is_err());
}
