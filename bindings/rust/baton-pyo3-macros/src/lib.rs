// SPDX-License-Identifier: MIT
//! The attribute `#[baton_pyo3::coroutine]`; see the crate `baton-pyo3`.

mod body;
mod function;
mod methods;
mod options;

use proc_macro::TokenStream;
use syn::{parse_macro_input, Item};

/// Makes Python coroutine functions of `async fn`s: see `baton_pyo3::coroutine`.
#[proc_macro_attribute]
pub fn coroutine(arguments: TokenStream, item: TokenStream) -> TokenStream {
    let options = parse_macro_input!(arguments as options::Options);
    let expanded = match parse_macro_input!(item as Item) {
        Item::Fn(function) => function::expand(&options, function),
        Item::Impl(block) => methods::expand(&options, block),
        other => Err(syn::Error::new_spanned(
            other,
            "#[coroutine] goes above #[pyfunction] or #[pymethods]",
        )),
    };
    expanded
        .unwrap_or_else(|error| error.to_compile_error())
        .into()
}
