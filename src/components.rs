//! Controls and chart parts that know no domain: each has a label, a value and a callback.

// The component macro makes the types of properties public, and components own their properties.
#![allow(unreachable_pub, clippy::needless_pass_by_value)]

mod chart_panel;
mod chart_tools;
mod choice;
mod definition_list;
mod dialog;
mod disclosure;
mod figure_canvas;
mod number_field;
mod palette;
mod reactive;
mod reorderable_list;
mod switch;
mod toast;
mod tooltip;

pub(crate) use chart_panel::{ChartIds, ChartPanel};
pub(crate) use chart_tools::{ChartTools, ExportData};
pub(crate) use choice::{ChipGroup, Choice, SegmentedControl, Select};
pub(crate) use definition_list::DefinitionList;
pub(crate) use dialog::Dialog;
pub(crate) use disclosure::Disclosure;
pub(crate) use figure_canvas::{ChartLabels, FigureCanvas, use_plot_size};
pub(crate) use number_field::NumberField;
pub(crate) use palette::use_palette;
pub(crate) use reactive::{memo_by_pointer, unchanged_while};
pub(crate) use reorderable_list::ReorderableList;
pub(crate) use switch::Switch;
pub(crate) use toast::{Toast, ToastView};
pub(crate) use tooltip::{ChartTooltip, next_index};
