//! Markup as calls: each tag is one call with what never changes, and one for everything else that it has.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{quote, quote_spanned};
use rstml::node::{KeyedAttribute, Node, NodeAttribute, NodeBlock, NodeElement, NodeName};
use syn::spanned::Spanned;
use syn::{Error, Expr};

/// The markup as one expression.
pub(crate) fn expand(tokens: TokenStream) -> syn::Result<TokenStream> {
    let nodes: Vec<Node> = rstml::parse2(tokens)?;
    match nodes.as_slice() {
        [Node::Element(element)] => tag(element),
        several => {
            let children = several.iter().map(child).collect::<syn::Result<TokenStream>>()?;
            Ok(quote! { crate::dom::html::Html::several() #children })
        }
    }
}

/// One tag.
fn tag(element: &NodeElement<rstml::Infallible>) -> syn::Result<TokenStream> {
    let name = element.name();
    let is_component = name.to_string().starts_with(|first: char| first.is_ascii_uppercase());
    if is_component { component(name, element) } else { plain(name, element) }
}

/// A component: its fields by name.
fn component(name: &NodeName, element: &NodeElement<rstml::Infallible>) -> syn::Result<TokenStream> {
    if let Some(child) = element.children().first() {
        return Err(Error::new_spanned(child, "a component has fields, no children"));
    }
    let field = |attribute: &NodeAttribute| {
        let field = keyed(attribute)?;
        let key = Ident::new(&field.key.to_string(), field.key.span());
        Ok(field.value().map_or_else(|| quote! { #key }, |value| quote! { #key: #value }))
    };
    let fields = element.attributes().iter().map(field).collect::<syn::Result<Vec<_>>>()?;
    Ok(quote! { crate::dom::html::Component::show(#name { #(#fields),* }) })
}

/// An element of HTML or SVG.
fn plain(name: &NodeName, element: &NodeElement<rstml::Infallible>) -> syn::Result<TokenStream> {
    const DRAWN: [&str; 4] = ["svg", "path", "rect", "line"];
    let mut fixed = Vec::new();
    let mut calls = TokenStream::new();
    for attribute in element.attributes() {
        let attribute = keyed(attribute)?;
        let key = attribute.key.to_string();
        let span = attribute.key.span();
        match (key.split_once(':'), attribute.value_literal_string(), attribute.value()) {
            (None, Some(value), _) => fixed.push([&key, "=", &value].concat()),
            (None, None, None) => fixed.push(key + "="),
            (None, None, Some(value)) if key == "node_ref" => {
                calls.extend(quote_spanned! { span => .found(#value) });
            }
            (None, None, Some(value)) => calls.extend(call(span, "attribute", &key, value)),
            (Some((kind, key)), _, Some(value)) => {
                let method = match kind {
                    "on" => "on",
                    "prop" => "property",
                    "style" => "style",
                    _ => return Err(Error::new(span, "known are on:, prop: and style:")),
                };
                calls.extend(call(span, method, key, value));
            }
            (Some(_), _, None) => return Err(Error::new(span, "a value is missing")),
        }
    }
    let tag = name.to_string();
    let new = Ident::new(if DRAWN.contains(&tag.as_str()) { "drawn" } else { "tag" }, name.span());
    let fixed = fixed.join("\n");
    let children = element.children().iter().map(child).collect::<syn::Result<TokenStream>>()?;
    Ok(quote! { crate::dom::html::Html::#new(#tag, #fixed) #calls #children })
}

/// One call for a value that may change.
fn call(span: Span, method: &str, key: &str, value: &Expr) -> TokenStream {
    let method = Ident::new(method, span);
    quote_spanned! { span => .#method(#key, #value) }
}

/// What stands between two tags.
fn child(node: &Node) -> syn::Result<TokenStream> {
    let child = match node {
        Node::Element(element) => tag(element)?,
        Node::Text(text) => {
            let text = text.value_string();
            quote! { #text }
        }
        Node::Block(NodeBlock::ValidBlock(block)) => {
            if let [syn::Stmt::Expr(value, None)] = block.stmts.as_slice() {
                quote! { #value }
            } else {
                quote! { #block }
            }
        }
        other => return Err(Error::new_spanned(other, "a child is a tag, \"text\" or {a value}")),
    };
    Ok(quote! { .child(#child) })
}

/// An attribute that has a name.
fn keyed(attribute: &NodeAttribute) -> syn::Result<&KeyedAttribute> {
    match attribute {
        NodeAttribute::Attribute(attribute) => Ok(attribute),
        NodeAttribute::Block(block) => Err(Error::new_spanned(block, "an attribute has a name")),
    }
}
