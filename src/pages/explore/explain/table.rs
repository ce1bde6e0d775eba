//! A table whose numbers can be explained: by pointer in the pressed cell, by keyboard in the cell at the
//! cursor.
//!
//! The table is one stop of the Tab key and has one set of listeners, because buttons in a hundred cells
//! would be slow to build and tedious to leave. It keeps the focus itself, so the cursor survives
//! re-rendering of its cells.

use leptos::ev::{KeyboardEvent, MouseEvent};
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, ScrollIntoViewOptions, ScrollLogicalPosition};

use super::dialog::{Explainer, Explanation, use_explainer};
use crate::platform::unique_id;
use crate::strings::explanation;

/// Row and column of a cell in the table's body, from 0; row headers do not count.
pub(crate) type CellIndex = (usize, usize);

/// A cell of the table's body.
#[component]
pub(crate) fn NumberCell(text: String, can_explain: bool) -> impl IntoView {
    view! { <td data-asks=can_explain>{text}</td> }
}

/// The table. Its children are the head and the body.
#[component]
pub(crate) fn ExplainableTable(
    /// The caption, which is also the accessible name.
    name: &'static str,
    /// Explains a cell; returns `None` for a cell without a number.
    #[prop(into)]
    explain: Callback<CellIndex, Option<Explanation>>,
    children: Children,
) -> impl IntoView {
    let cursor = TableCursor {
        table: NodeRef::new(),
        explainer: use_explainer(),
        explain,
        index: StoredValue::new((0, 0)),
        cell_id: StoredValue::new(unique_id("cell")),
    };
    view! {
        <div class="chart-table" tabindex="-1">
            <table
                node_ref=cursor.table
                role="grid"
                tabindex="0"
                aria-label=name
                title=explanation::TABLE_HINT
                on:click=move |event| cursor.on_click(&event)
                on:keydown=move |event| cursor.on_key(&event)
                on:focus=move |_| cursor.on_focus()
                on:blur=move |_| cursor.hide()
            >
                <caption>{name}</caption>
                {children()}
            </table>
        </div>
    }
}

/// The cursor of a table.
#[derive(Clone, Copy)]
struct TableCursor {
    table: NodeRef<html::Table>,
    explainer: Explainer,
    explain: Callback<CellIndex, Option<Explanation>>,
    index: StoredValue<CellIndex>,
    /// The id of the cell at the cursor while the cursor is shown.
    cell_id: StoredValue<String>,
}

impl TableCursor {
    fn table(self) -> Option<Element> {
        self.table.get_untracked().map(Into::into)
    }

    fn open_explanation(self) {
        if let Some(explanation) = self.explain.run(self.index.get_value()) {
            self.explainer.open(explanation);
        }
    }

    fn on_click(self, event: &MouseEvent) {
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        if let Some(index) = target.and_then(|target| index_of(&target.closest("td").ok()??)) {
            self.index.set_value(index);
            self.open_explanation();
        }
    }

    /// Shows the cursor, unless the focus came from a pointer.
    fn on_focus(self) {
        if self.table().is_some_and(|table| table.matches(":focus-visible").unwrap_or(false)) {
            self.show();
        }
    }

    fn on_key(self, event: &KeyboardEvent) {
        let key = event.key();
        if matches!(key.as_str(), "Enter" | " ") {
            event.prevent_default();
            self.open_explanation();
        } else if let Some(next) = next_cell(&key, self.index.get_value()) {
            event.prevent_default();
            if self.table().is_some_and(|table| cell_at(&table, next).is_some()) {
                self.index.set_value(next);
            }
            if let Some(cell) = self.show() {
                let nearest = ScrollIntoViewOptions::new();
                nearest.set_block(ScrollLogicalPosition::Nearest);
                nearest.set_inline(ScrollLogicalPosition::Nearest);
                cell.scroll_into_view_with_scroll_into_view_options(&nearest);
            }
        }
    }

    /// Marks the cell at the cursor as the active one, for the style sheet and for assistive technology.
    fn show(self) -> Option<Element> {
        self.hide();
        let table = self.table()?;
        let cell = cell_at(&table, self.index.get_value())?;
        let id = self.cell_id.get_value();
        cell.set_id(&id);
        // Fails only if the name is invalid.
        let _ = table.set_attribute("aria-activedescendant", &id);
        Some(cell)
    }

    fn hide(self) {
        // A focused table that is removed fires `blur`, when the values are gone.
        let Some(id) = self.cell_id.try_get_value() else { return };
        if let Some(cell) = document().get_element_by_id(&id) {
            let _ = cell.remove_attribute("id");
        }
    }
}

/// The cell that a key leads to; it may lie outside of the table.
fn next_cell(key: &str, (row, column): CellIndex) -> Option<CellIndex> {
    match key {
        "ArrowRight" => Some((row, column + 1)),
        "ArrowLeft" => Some((row, column.saturating_sub(1))),
        "ArrowDown" => Some((row + 1, column)),
        "ArrowUp" => Some((row.saturating_sub(1), column)),
        "Home" => Some((row, 0)),
        _ => None,
    }
}

fn cell_at(table: &Element, (row, column): CellIndex) -> Option<Element> {
    let path = format!("tbody > tr:nth-child({}) > td:nth-of-type({})", row + 1, column + 1);
    table.query_selector(&path).ok()?
}

fn index_of(cell: &Element) -> Option<CellIndex> {
    let count_before = |element: &Element| {
        std::iter::successors(element.previous_element_sibling(), Element::previous_element_sibling).count()
    };
    // The header of the row comes before its cells.
    Some((count_before(&cell.parent_element()?), count_before(cell).checked_sub(1)?))
}
