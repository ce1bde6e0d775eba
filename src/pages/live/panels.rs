//! The charts of a run, as the simulation sends them: title, figure, summary, table.

use std::sync::Arc;

use leptos::prelude::*;
use markup::{component, view};
use web_sys::HtmlElement;

use crate::charts::Palette;
use crate::components::{ChartTools, NumberField, Plot, Takings, folded};
use crate::dom::{Html, NodeRef, Text, fixed, part, press, text};
use crate::live::{Request, Table};
use crate::pages::live::reader::StopReader;
use crate::pages::live::scene::{Chart, Painting};
use crate::pages::live::theatre::Theatre;
use crate::platform::{pixels, unique_id};
use crate::strings::live as words;
use crate::units::parse::parse_number;

/// The course of one order, and which.
#[component]
pub(crate) fn OrderPanel(theatre: Theatre, palette: Memo<Palette>) -> Html {
    let height = text(move || pixels(theatre.now().order.figure.size.height));
    let enter = move |entry: &str| match parse_number(entry) {
        Ok(number) if number >= 1.0 => {
            theatre.ask(Request::FollowOrder { order: number as u32 });
            None
        }
        _ => Some(words::INVALID_ORDER_NUMBER.to_owned()),
    };
    let value = text(move || theatre.now().followed.to_string());
    let latest = press(move || theatre.ask(Request::FollowOrder { order: 0 }));
    view! {
        <section class="panel run-course">
            <div class="run-order">
                <span>{words::ORDER}</span>
                <NumberField name=fixed(words::ORDER) value unit="" on_enter=Box::new(enter) />
                <button type="button" class="action" on:click=latest>{words::LATEST_ORDER}</button>
            </div>
            {chart(theatre, Chart::Order, palette, NodeRef::new(), height)}
        </section>
    }
}

/// A chart with its words, its values to read, its tools and its table.
pub(crate) fn chart(
    theatre: Theatre,
    chart: Chart,
    palette: Memo<Palette>,
    node: NodeRef<HtmlElement>,
    height: Text,
) -> Html {
    let word = |of: fn(&Painting) -> &String| text(move || of(&theatre.painting(chart)).clone());
    let figure = sent(move || theatre.painting(chart).figure.clone());
    let table = sent(move || theatre.painting(chart).table.clone());
    let takings = Takings {
        name: word(|painting| &painting.file),
        rows: Box::new(move || untrack(|| theatre.painting(chart)).numbers.clone()),
        values: Box::new(move || untrack(|| theatre.painting(chart)).values.clone()),
    };
    let (title, summary) = (unique_id("title"), unique_id("summary"));
    let (labelled, described, read_by) = (title.clone(), summary.clone(), summary.clone());
    view! {
        <figure class="chart" role="group" aria-labelledby=labelled aria-describedby=described>
            <h2 class="panel-title" id=title>{word(|painting| &painting.title)}</h2>
            <p class="panel-sub">{word(|painting| &painting.sub)}</p>
            <div class="chart-plot" data-picture="" node_ref=node style:height=height>
                <Plot figure palette />
                <StopReader theatre chart described_by=read_by />
            </div>
            <p class="chart-summary" id=summary>{word(|painting| &painting.summary)}</p>
            <ChartTools takings />
            {table_view("chart-more", words::TABLE, table)}
        </figure>
    }
}

/// A part of the scene. It has changed when it was sent anew: nothing is sent that has not changed.
pub(crate) fn sent<T: Send + Sync + 'static>(
    read: impl Fn() -> Arc<T> + Send + Sync + 'static,
) -> Memo<Arc<T>> {
    #[inline(never)]
    fn of<T: Send + Sync + 'static>(read: Box<dyn Fn() -> Arc<T> + Send + Sync>) -> Memo<Arc<T>> {
        Memo::new_with_compare(
            move |_| read(),
            |before, now| !before.zip(now).is_some_and(|(before, now)| Arc::ptr_eq(before, now)),
        )
    }
    of(Box::new(read))
}

/// A table that can be opened, and scrolls by itself.
pub(crate) fn table_view(class: &'static str, name: &'static str, table: Memo<Arc<Table>>) -> Html {
    let caption = text(move || table.get().caption.clone());
    let content = move || {
        let table = table.get();
        let cell = |text: &String| view! { <td>{text.clone()}</td> };
        let head = |text: &String| view! { <th scope="col">{text.clone()}</th> };
        let row = |cells: &Vec<String>| {
            let rest: Vec<Html> = cells.iter().skip(1).map(cell).collect();
            view! { <tr><th scope="row">{cells.first().cloned()}</th>{rest}</tr> }
        };
        let heads: Vec<Html> = table.headers.iter().map(head).collect();
        let rows: Vec<Html> = table.rows.iter().map(row).collect();
        view! { <thead><tr>{heads}</tr></thead><tbody>{rows}</tbody> }
    };
    folded(class, name, move || {
        view! {
            <div class="chart-table" tabindex="0" role="region" aria-label=caption>
                <table><caption>{caption}</caption>{part(content)}</table>
            </div>
        }
    })
}
