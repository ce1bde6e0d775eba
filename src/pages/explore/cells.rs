//! A table whose numbers answer "why?": by pointer and finger the cell that is pressed, by keyboard the cell at the cursor.
//!
//! One listener serves the whole table, and one stop of the Tab key: a hundred cells with buttons of their own would make the page slower
//! to load and to leave. The table is a grid that keeps the focus while arrow keys move its cursor from cell to cell, so the cursor
//! outlives that the cells are written anew.

use std::cell::Cell;
use std::rc::Rc;

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use markup::{component, view};
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlElement, ScrollIntoViewOptions, ScrollLogicalPosition};

use crate::dom::{Html, NodeRef, Part, event, key};
use crate::pages::explore::why::{Answer, Asking};
use crate::platform::unique_id;
use crate::strings::explanation;

/// Which cell: its row and its column in the body, from 0; the head of a row does not count.
type Place = (usize, usize);

/// What a cell answers; nothing where it is no number.
pub(crate) type Ask = Box<dyn Fn(Place) -> Option<Answer>>;

/// A cell; one that can be asked looks like it.
pub(crate) fn cell(text: String, can_ask: bool) -> Html {
    view! { <td data-asks=can_ask>{text}</td> }
}

/// A table.
#[component]
pub(crate) fn AskedTable(
    /// Its name, which is also its caption.
    name: &'static str,
    /// Its head and its body.
    rows: Part,
    /// What its cells answer.
    ask: Ask,
) -> Html {
    let frame = NodeRef::<HtmlElement>::new();
    let (asking, cursor, mark) = (use_context::<Asking>(), Cell::new((0, 0)), unique_id("cell"));
    let grid = Rc::new(Grid { frame, asking, ask, cursor, mark });
    let [clicked, focused, left] = [(); 3].map(|()| Rc::clone(&grid));
    view! {
        <div class="chart-table" tabindex="-1" node_ref=frame>
            <table
                role="grid"
                tabindex="0"
                aria-label=name
                title=explanation::TABLE_HINT
                on:click=event(move |event| clicked.press(&event))
                on:keydown=key(move |event| grid.key(&event))
                on:focus=event(move |_| focused.enter())
                on:blur=event(move |_| left.hide())
            >
                <caption>{name}</caption>
                {rows}
            </table>
        </div>
    }
}

/// A table and its cursor.
struct Grid {
    frame: NodeRef<HtmlElement>,
    asking: Option<Asking>,
    ask: Ask,
    cursor: Cell<Place>,
    /// The id of the cell at the cursor, while that is shown.
    mark: String,
}

impl Grid {
    fn table(&self) -> Option<Element> {
        self.frame.get_untracked()?.first_element_child()
    }

    fn answer(&self) {
        if let (Some(asking), Some(answer)) = (self.asking, (self.ask)(self.cursor.get())) {
            asking.tell(answer);
        }
    }

    /// A cell is pressed.
    fn press(&self, event: &Event) {
        let pressed = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        if let Some(place) = pressed.and_then(|pressed| place_of(&pressed.closest("td").ok()??)) {
            self.cursor.set(place);
            self.answer();
        }
    }

    /// The focus comes. Who presses a cell needs no cursor.
    fn enter(&self) {
        if self.table().is_some_and(|table| table.matches(":focus-visible").unwrap_or(false)) {
            self.show();
        }
    }

    fn key(&self, event: &KeyboardEvent) {
        let key = event.key();
        if matches!(key.as_str(), "Enter" | " ") {
            event.prevent_default();
            self.answer();
        } else if let Some(next) = next_cell(&key, self.cursor.get()) {
            event.prevent_default();
            if self.table().is_some_and(|table| cell_at(&table, next).is_some()) {
                self.cursor.set(next);
            }
            if let Some(cell) = self.show() {
                let nearest = ScrollIntoViewOptions::new();
                nearest.set_block(ScrollLogicalPosition::Nearest);
                nearest.set_inline(ScrollLogicalPosition::Nearest);
                cell.scroll_into_view_with_scroll_into_view_options(&nearest);
            }
        }
    }

    /// Shows the cursor, and to assistive technology that its cell is the active one.
    fn show(&self) -> Option<Element> {
        self.hide();
        let table = self.table()?;
        let cell = cell_at(&table, self.cursor.get())?;
        cell.set_id(&self.mark);
        // What cannot be written is no longer in the page.
        let _ = table.set_attribute("aria-activedescendant", &self.mark);
        Some(cell)
    }

    fn hide(&self) {
        if let Some(before) = document().get_element_by_id(&self.mark) {
            let _ = before.remove_attribute("id");
        }
    }
}

/// Where a key leads from a cell; it may be beyond the table.
fn next_cell(key: &str, (row, column): Place) -> Option<Place> {
    match key {
        "ArrowRight" => Some((row, column + 1)),
        "ArrowLeft" => Some((row, column.saturating_sub(1))),
        "ArrowDown" => Some((row + 1, column)),
        "ArrowUp" => Some((row.saturating_sub(1), column)),
        "Home" => Some((row, 0)),
        _ => None,
    }
}

/// The cell at a place of a table.
fn cell_at(table: &Element, (row, column): Place) -> Option<Element> {
    let nth = |number: usize| (number + 1).to_string();
    let path = ["tbody > tr:nth-child(", &nth(row), ") > td:nth-of-type(", &nth(column), ")"].concat();
    table.query_selector(&path).ok()?
}

/// Where a cell of the body stands.
fn place_of(cell: &Element) -> Option<Place> {
    let before = |element: &Element| {
        std::iter::successors(element.previous_element_sibling(), Element::previous_element_sibling).count()
    };
    // The head of the row stands before its cells.
    Some((before(&cell.parent_element()?), before(cell).checked_sub(1)?))
}
