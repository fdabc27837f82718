// SPDX-License-Identifier: MIT
//! The attribute macros of the crate `baton`, which documents them.

use proc_macro::TokenStream;
use quote::{format_ident, quote, quote_spanned};
use syn::parse::Parser;
use syn::spanned::Spanned;
use syn::{parse_quote, Error, ItemFn, Path, Result, ReturnType};

/// Makes a function that returns a coroutine of an `async fn`. Others are told
/// its name and where its source is.
///
/// ```ignore
/// #[baton::coroutine]
/// async fn fetch(number: i64) -> Result<i64, Error> { ... }
/// // becomes
/// fn fetch(number: i64) -> Handle
/// ```
///
/// `#[baton::coroutine(local)]` is for a future that stays on its thread;
/// `crate = path` says where the crate `baton` is.
#[proc_macro_attribute]
pub fn coroutine(arguments: TokenStream, item: TokenStream) -> TokenStream {
    expand(arguments, item)
        .unwrap_or_else(Error::into_compile_error)
        .into()
}

struct Options {
    local: bool,
    baton: Path,
}

fn options(arguments: TokenStream) -> Result<Options> {
    let mut options = Options {
        local: false,
        baton: parse_quote!(::baton),
    };
    let parser = syn::meta::parser(|meta| {
        if meta.path.is_ident("local") {
            options.local = true;
        } else if meta.path.is_ident("crate") {
            options.baton = meta.value()?.parse()?;
        } else {
            return Err(meta.error("expected `local` or `crate = path`"));
        }
        Ok(())
    });
    parser.parse(arguments)?;
    Ok(options)
}

fn expand(arguments: TokenStream, item: TokenStream) -> Result<proc_macro2::TokenStream> {
    let Options { local, baton } = options(arguments)?;
    let mut function: ItemFn = syn::parse(item)?;
    if function.sig.asyncness.take().is_none() {
        return Err(Error::new(
            function.sig.fn_token.span(),
            "`#[coroutine]` is for an `async fn`",
        ));
    }
    let name = function.sig.ident.to_string();
    let output = match &function.sig.output {
        ReturnType::Default => parse_quote!(()),
        ReturnType::Type(_, output) => output.clone(),
    };
    let span = output.span();
    let make = format_ident!(
        "{}",
        if local {
            "local_with_code"
        } else {
            "with_code"
        }
    );
    let body = &function.block;
    function.block = parse_quote!({
        enum __Code {}
        impl #baton::Code for __Code {
            const NAME: &'static ::core::ffi::CStr = #baton::raw::c_text(concat!(#name, "\0"));
            const QUALIFIED_NAME: ::core::option::Option<&'static ::core::ffi::CStr> =
                ::core::option::Option::Some(#baton::raw::c_text(
                    concat!(module_path!(), "::", #name, "\0")
                ));
            const FILE: ::core::option::Option<&'static ::core::ffi::CStr> =
                ::core::option::Option::Some(#baton::raw::c_text(concat!(file!(), "\0")));
            const LINE: u32 = line!();
        }
        #baton::Handle::#make::<_, __Code>(async move {
            (async move || -> #output #body)().await
        })
    });
    function.sig.output = syn::parse2(quote_spanned!(span=> -> #baton::Handle))?;
    Ok(quote!(#function))
}
