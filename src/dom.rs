//! Markup that follows its sources: what [`markup::view!`] is compiled to, and the live values in it.
//!
//! The reactive graph is that of Leptos: signals, memos, effects, owners. The elements are made here, by a few functions
//! that every view shares, because Leptos' own renderer has a type for each element, attribute and closure, and the page
//! is twice as large for that (DESIGN.md has the sizes).

mod found;
pub(crate) mod html;
mod list;
mod live;
mod value;

pub(crate) use found::NodeRef;
pub(crate) use html::{Html, mount};
pub(crate) use list::each;
pub(crate) use live::{
    Flag, Part, Text, effect, event, fixed, flag, key, part, pointer, press, shared, stated, text, when,
};
