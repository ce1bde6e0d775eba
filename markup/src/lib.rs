//! The macros of the views: [`view!`] writes markup, [`component`] makes a function a tag of it.
//!
//! The syntax is that of Leptos, read by the same parser (rstml). What comes out is not: Leptos gives every element a
//! type of its own, and the compiler writes the code around it once for each; here every tag becomes a few calls of the
//! same functions of `crate::dom::html`. DESIGN.md has the sizes of both.

mod component;
mod view;

use proc_macro::TokenStream;

/// Markup as a piece of the page, `Html`.
///
/// - `<tag name="text" other=value>`: an attribute; a value may be text, a yes or no, or one of both that follows its
///   sources;
/// - `prop:name=value`: a property of the element; `style:name=value`: one of its style;
/// - `on:event=act`: what listens; `node_ref=place`: where the element can be found;
/// - `"text"`, `{value}` or a tag: a child;
/// - `<Name field=value other />`: a [`macro@component`]; `other` alone stands for `other=other`.
///
/// A `>` in a value must stand in brackets: bare, it ends the tag.
#[proc_macro]
pub fn view(tokens: TokenStream) -> TokenStream {
    view::expand(tokens.into()).unwrap_or_else(syn::Error::into_compile_error).into()
}

/// Makes a function that returns `Html` a tag: its parameters are the tag's fields.
#[proc_macro_attribute]
pub fn component(_: TokenStream, function: TokenStream) -> TokenStream {
    component::expand(syn::parse_macro_input!(function)).unwrap_or_else(syn::Error::into_compile_error).into()
}
