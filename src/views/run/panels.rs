//! The charts of a run, as the simulation sends them: title, figure, summary, table.

use std::sync::Arc;

use leptos::html::Div;
use leptos::prelude::*;

use crate::browser::{pixels, unique_id};
use crate::charts::Palette;
use crate::live::{Request, Table};
use crate::text::live as words;
use crate::units::parse::parse_number;
use crate::views::live::{Part, Text, fixed, part, press, text};
use crate::views::parts::{NumberField, Plot};
use crate::views::run::theatre::{Painting, Theatre};

/// Reads a chart of the scene.
pub(crate) type Reader = Arc<dyn Fn() -> Arc<Painting> + Send + Sync>;

/// A chart of the scene, to be read.
pub(crate) fn painting(read: impl Fn() -> Arc<Painting> + Send + Sync + 'static) -> Reader {
    Arc::new(read)
}

/// The course of one order, and which.
#[component]
pub(crate) fn OrderPanel(theatre: Theatre, palette: Memo<Palette>) -> impl IntoView {
    let height = text(move || pixels(theatre.now().order.figure.size.height));
    let enter = move |entry: &str| match parse_number(entry) {
        Ok(number) if number >= 1.0 => {
            theatre.ask(Request::Follow { order: number as u32 });
            None
        }
        _ => Some(words::NO_NUMBER.to_owned()),
    };
    let value = text(move || theatre.now().followed.to_string());
    let latest = press(move || theatre.ask(Request::Follow { order: 0 }));
    view! {
        <section class="panel run-course">
            <div class="run-order">
                <span>{words::ORDER}</span>
                <NumberField name=fixed(words::ORDER) value unit="" on_enter=Box::new(enter) />
                <button type="button" class="action" on:click=latest>{words::LATEST}</button>
            </div>
            {chart(painting(move || theatre.now().order.clone()), palette, NodeRef::new(), height)}
        </section>
    }
}

/// A chart with its words and its table.
pub(crate) fn chart(shown: Reader, palette: Memo<Palette>, node: NodeRef<Div>, height: Text) -> AnyView {
    let word = |of: fn(&Painting) -> &String| {
        let shown = shown.clone();
        text(move || of(&shown()).clone())
    };
    let (drawn, listed) = (shown.clone(), shown.clone());
    let figure = Memo::new(move |_| drawn().figure.clone());
    let table = Memo::new(move |_| listed().table.clone());
    let (title, summary) = (unique_id("title"), unique_id("summary"));
    let (labelled, described) = (title.clone(), summary.clone());
    view! {
        <figure class="chart" role="group" aria-labelledby=labelled aria-describedby=described>
            <h2 class="panel-title" id=title>{word(|painting| &painting.title)}</h2>
            <p class="panel-sub">{word(|painting| &painting.sub)}</p>
            <div class="chart-plot" node_ref=node style:height=height>
                <Plot figure palette />
            </div>
            <p class="chart-summary" id=summary>{word(|painting| &painting.summary)}</p>
            <details class="chart-more">
                <summary>{words::TABLE}</summary>
                {table_view(table)}
            </details>
        </figure>
    }
    .into_any()
}

/// A table that scrolls by itself.
pub(crate) fn table_view(table: Memo<Arc<Table>>) -> AnyView {
    let caption = text(move || table.get().caption.clone());
    let name = caption;
    let content: Part = part(move || {
        let table = table.get();
        let cell = |text: &String| view! { <td>{text.clone()}</td> }.into_any();
        let head = |text: &String| view! { <th scope="col">{text.clone()}</th> }.into_any();
        let row = |cells: &Vec<String>| {
            let rest: Vec<AnyView> = cells.iter().skip(1).map(cell).collect();
            view! { <tr><th scope="row">{cells.first().cloned()}</th>{rest}</tr> }.into_any()
        };
        let heads: Vec<AnyView> = table.heads.iter().map(head).collect();
        let rows: Vec<AnyView> = table.rows.iter().map(row).collect();
        view! { <thead><tr>{heads}</tr></thead><tbody>{rows}</tbody> }.into_any()
    });
    view! {
        <div class="chart-table" tabindex="0" role="region" aria-label=name>
            <table><caption>{caption}</caption>{content}</table>
        </div>
    }
    .into_any()
}
