// SPDX-License-Identifier: MIT
//! What functions and methods have in common: the call that makes the object.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::ext::IdentExt;
use syn::spanned::Spanned;
use syn::{Attribute, FnArg, LitStr, Pat, Signature};

use crate::options::Options;

/// Attributes that PyO3 reads; the rest stays on the `async fn`.
const OF_PYO3: [&str; 9] = [
    "pyfunction",
    "pymethods",
    "pyo3",
    "staticmethod",
    "classmethod",
    "getter",
    "setter",
    "new",
    "classattr",
];

pub fn is_named(attribute: &Attribute, name: &str) -> bool {
    attribute
        .path()
        .segments
        .last()
        .is_some_and(|segment| segment.ident == name)
}

pub fn has(attributes: &[Attribute], name: &str) -> bool {
    attributes.iter().any(|attribute| is_named(attribute, name))
}

/// Splits attributes into those for the function that Python calls and those
/// for the `async fn`; documentation and `cfg` are for both.
pub fn split(attributes: Vec<Attribute>) -> (Vec<Attribute>, Vec<Attribute>) {
    let (mut outer, mut inner) = (Vec::new(), Vec::new());
    for attribute in attributes {
        if OF_PYO3.iter().any(|name| is_named(&attribute, name)) {
            outer.push(attribute);
            continue;
        }
        if is_named(&attribute, "doc") || is_named(&attribute, "cfg") {
            outer.push(attribute.clone());
        }
        inner.push(attribute);
    }
    (outer, inner)
}

/// Takes the attributes off arguments: they are for PyO3 only.
pub fn strip_arguments(signature: &mut Signature) {
    for input in &mut signature.inputs {
        match input {
            FnArg::Receiver(receiver) => receiver.attrs.clear(),
            FnArg::Typed(typed) => typed.attrs.clear(),
        }
    }
}

/// The names of the arguments, without a receiver.
pub fn argument_names(signature: &Signature) -> syn::Result<Vec<Ident>> {
    let typed = signature.inputs.iter().filter_map(|input| match input {
        FnArg::Typed(typed) => Some(typed),
        FnArg::Receiver(_) => None,
    });
    typed
        .map(|typed| match &*typed.pat {
            Pat::Ident(name) => Ok(name.ident.clone()),
            other => Err(syn::Error::new_spanned(
                other,
                "an argument of a coroutine function is a name",
            )),
        })
        .collect()
}

/// Makes arguments plain names: `mut` is the `async fn`'s own affair.
pub fn plain_arguments(signature: &mut Signature) {
    for input in &mut signature.inputs {
        if let FnArg::Typed(typed) = input {
            if let Pat::Ident(name) = &mut *typed.pat {
                name.mutability = None;
            }
        }
    }
}

/// The name that `#[pyo3(name = "...")]` gives.
pub fn given_name(attributes: &[Attribute]) -> syn::Result<Option<LitStr>> {
    let mut found = None;
    for attribute in attributes.iter().filter(|one| is_named(one, "pyo3")) {
        attribute.parse_nested_meta(|meta| {
            if meta.path.is_ident("name") {
                found = Some(meta.value()?.parse::<LitStr>()?);
            } else if meta.input.peek(syn::Token![=]) {
                skip_value(meta.value()?)?;
            } else if meta.input.peek(syn::token::Paren) {
                let inside;
                syn::parenthesized!(inside in meta.input);
                inside.parse::<TokenStream>()?;
            }
            Ok(())
        })?;
    }
    Ok(found)
}

/// A function's own name.
pub fn own_name(signature: &Signature) -> LitStr {
    LitStr::new(&signature.ident.unraw().to_string(), signature.ident.span())
}

/// Skips to the next comma: a value may be what is no expression of Rust.
fn skip_value(input: syn::parse::ParseStream) -> syn::Result<()> {
    while !input.is_empty() && !input.peek(syn::Token![,]) {
        input.parse::<proc_macro2::TokenTree>()?;
    }
    Ok(())
}

/// What stands in the function that Python calls: `future` is made of its
/// arguments, and put into an object of the shared type.
pub fn make_object(
    options: &Options,
    name: &LitStr,
    qualified: &str,
    signature: &Signature,
    future: &TokenStream,
    py: &Ident,
) -> TokenStream {
    let qualified = LitStr::new(qualified, name.span());
    let span = signature.output.span();
    let make = Ident::new(
        if options.local { "make_local" } else { "make" },
        Span::mixed_site(),
    );
    let mut future = future.clone();
    if let Some(enter) = &options.enter {
        future = quote!(::baton_pyo3::entered(#enter, #future));
    }
    if options.detach {
        future = quote!(::baton_pyo3::detached(#future));
    }
    let finish = quote_spanned!(span=> |__baton_result, __baton_py| {
        #[allow(unused_imports)]
        use ::baton_pyo3::__private::{NativeResult as _, PlainResult as _};
        ::baton_pyo3::__private::Finished(__baton_result).into_result(__baton_py)
    });
    let text = |text: TokenStream| {
        quote!(::baton_pyo3::__private::text(::core::concat!(#text, "\0")))
    };
    let (name, qualified, file) = (
        text(quote!(#name)),
        text(quote!(#qualified)),
        text(quote!(::core::file!())),
    );
    let line = quote_spanned!(signature.ident.span()=> ::core::line!());
    let code = quote! {
        impl ::baton_pyo3::__private::Code for __BatonCode {
            const NAME: &'static ::core::ffi::CStr = #name;
            const QUALIFIED_NAME: ::core::option::Option<&'static ::core::ffi::CStr> =
                ::core::option::Option::Some(#qualified);
            const FILE: ::core::option::Option<&'static ::core::ffi::CStr> =
                ::core::option::Option::Some(#file);
            const LINE: u32 = #line;
        }
    };
    quote! {
        struct __BatonCode;
        #code
        ::baton_pyo3::__private::#make::<__BatonCode, _>(#py, #future, #finish)
    }
}
