//! A function as a tag: a type with the parameters as fields, and the body as how it is shown.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Error, FnArg, ItemFn, Pat};

/// The type and its `Component`.
pub(crate) fn expand(function: ItemFn) -> syn::Result<TokenStream> {
    let ItemFn { attrs, vis, sig, block, .. } = function;
    let name = &sig.ident;
    let mut fields = Vec::new();
    let mut names = Vec::new();
    for input in &sig.inputs {
        let FnArg::Typed(field) = input else {
            return Err(Error::new_spanned(input, "a component has no `self`"));
        };
        let Pat::Ident(field_name) = &*field.pat else {
            return Err(Error::new_spanned(&field.pat, "a component's parameter is a plain name"));
        };
        let (docs, field_type) = (&field.attrs, &field.ty);
        fields.push(quote! { #(#docs)* #vis #field_name: #field_type });
        names.push(field_name);
    }
    let output = &sig.output;
    Ok(quote! {
        #(#attrs)*
        #vis struct #name { #(#fields),* }

        impl crate::dom::html::Component for #name {
            #[inline(never)]
            fn show(self) #output {
                let Self { #(#names),* } = self;
                #block
            }
        }
    })
}
