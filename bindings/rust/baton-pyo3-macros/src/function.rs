// SPDX-License-Identifier: MIT
//! `#[coroutine]` above `#[pyfunction]`.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::{parse_quote, ItemFn};

use crate::body;
use crate::options::Options;

/// Gives the `async fn` as it is, for Rust; a `#[pyfunction]` beside it; and,
/// under its name, what `#[pymodule]` adds to the module: see `Definition`.
pub fn expand(options: &Options, mut function: ItemFn) -> syn::Result<TokenStream> {
    if function.sig.asyncness.is_none() {
        let text = "a coroutine function is an `async fn`";
        return Err(syn::Error::new_spanned(function.sig.fn_token, text));
    }
    if !body::has(&function.attrs, "pyfunction") {
        let text = "#[coroutine] goes above #[pyfunction]";
        return Err(syn::Error::new_spanned(&function.sig.ident, text));
    }
    let (outer, inner) = body::split(std::mem::take(&mut function.attrs));
    let given = body::given_name(&outer)?;
    let name = given
        .clone()
        .unwrap_or_else(|| body::own_name(&function.sig));
    let rename = given.is_none().then(|| quote!(#[pyo3(name = #name)]));

    let mut called = function.sig.clone();
    body::plain_arguments(&mut called);
    let arguments = body::argument_names(&called)?;
    let ident = function.sig.ident.clone();
    let hidden = format_ident!("__baton_{}", ident);
    let py = format_ident!("__baton_py");
    let future = quote!(#ident(#(#arguments),*));
    let made = body::make_object(options, &name, &name.value(), &called, &future, &py);
    called.asyncness = None;
    called.ident = hidden.clone();
    called
        .inputs
        .insert(0, parse_quote!(#py: ::baton_pyo3::pyo3::Python<'_>));
    called.output = parse_quote! {
        -> ::baton_pyo3::pyo3::PyResult<::baton_pyo3::pyo3::Py<::baton_pyo3::pyo3::PyAny>>
    };

    body::strip_arguments(&mut function.sig);
    function.attrs = inner;
    let visible = &function.vis;
    Ok(quote! {
        #function

        #(#outer)*
        #rename
        #[allow(clippy::too_many_arguments)]
        #[doc(hidden)]
        #called { #made }

        #[doc(hidden)]
        #[allow(missing_docs)]
        #visible mod #ident {
            pub struct Definition;
            pub static _PYO3_DEF: Definition = Definition;
        }
        impl #ident::Definition {
            #[allow(missing_docs, dead_code)]
            pub fn add_to_module(
                &self,
                module: &::baton_pyo3::pyo3::Bound<'_, ::baton_pyo3::pyo3::types::PyModule>,
            ) -> ::baton_pyo3::pyo3::PyResult<()> {
                let made = ::baton_pyo3::pyo3::wrap_pyfunction!(#hidden, module)?;
                ::baton_pyo3::__private::add_function(module, made)
            }
        }
    })
}
