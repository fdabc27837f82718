// SPDX-License-Identifier: MIT
//! The attribute macros of the crate `baton`, which documents them.

use std::mem;

use proc_macro::TokenStream;
use proc_macro2::TokenStream as TokenStream2;
use quote::{format_ident, quote, quote_spanned};
use syn::parse::Parser;
use syn::spanned::Spanned;
use syn::{parse_quote, Error, FnArg, Ident, ItemFn, PatType, Path, Result, ReturnType};

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
/// In parentheses:
///
/// - `yielding`: it also yields to its driver, by the function's first parameter, a
///   `Yielder`, which its callers do not give.
/// - `generator`: the same, driven by hand.
/// - `async_generator`: the first parameter is an `ItemYielder`, and the function
///   returns a `Value`, which is iterated.
/// - `local`: the future stays on its thread.
/// - `crate = path`: where the crate `baton` is.
///
/// ```ignore
/// #[baton::coroutine(async_generator)]
/// async fn count(y: ItemYielder, last: i64) -> Result<(), Error> { ... }
/// // becomes
/// fn count(last: i64) -> Value
/// ```
#[proc_macro_attribute]
pub fn coroutine(arguments: TokenStream, item: TokenStream) -> TokenStream {
    expand(arguments, item)
        .unwrap_or_else(Error::into_compile_error)
        .into()
}

#[derive(Clone, Copy, PartialEq)]
enum Sort {
    Coroutine,
    Yielding,
    Generator,
    AsyncGenerator,
}

struct Options {
    sort: Sort,
    local: bool,
    baton: Path,
}

fn options(arguments: TokenStream) -> Result<Options> {
    let mut options = Options {
        sort: Sort::Coroutine,
        local: false,
        baton: parse_quote!(::baton),
    };
    let parser = syn::meta::parser(|meta| {
        let sort = match meta.path.get_ident().map(Ident::to_string).as_deref() {
            Some("local") => {
                options.local = true;
                return Ok(());
            }
            Some("crate") => {
                options.baton = meta.value()?.parse()?;
                return Ok(());
            }
            Some("yielding") => Sort::Yielding,
            Some("generator") => Sort::Generator,
            Some("async_generator") => Sort::AsyncGenerator,
            _ => {
                return Err(meta.error(
                    "expected `yielding`, `generator`, `async_generator`, `local` or \
                     `crate = path`",
                ));
            }
        };
        if mem::replace(&mut options.sort, sort) != Sort::Coroutine {
            return Err(meta.error("a coroutine is of one sort"));
        }
        Ok(())
    });
    parser.parse(arguments)?;
    Ok(options)
}

/// Takes the first parameter away, and says where its value comes from.
fn yielder(function: &mut ItemFn, sort: Sort, baton: &Path) -> Result<TokenStream2> {
    let source = match sort {
        Sort::Coroutine => return Ok(TokenStream2::new()),
        Sort::Yielding | Sort::Generator => quote!(yielder),
        Sort::AsyncGenerator => quote!(item_yielder),
    };
    let mut inputs: Vec<_> = mem::take(&mut function.sig.inputs).into_iter().collect();
    let after_self = usize::from(matches!(inputs.first(), Some(FnArg::Receiver(_))));
    if inputs.len() == after_self {
        let message = "its first parameter is to be what yields";
        return Err(Error::new(function.sig.ident.span(), message));
    }
    let FnArg::Typed(PatType { pat, ty, .. }) = inputs.remove(after_self) else {
        unreachable!("`self` is first");
    };
    function.sig.inputs = inputs.into_iter().collect();
    Ok(quote!(let #pat: #ty = #baton::raw::#source();))
}

fn expand(arguments: TokenStream, item: TokenStream) -> Result<TokenStream2> {
    let Options { sort, local, baton } = options(arguments)?;
    let mut function: ItemFn = syn::parse(item)?;
    if function.sig.asyncness.take().is_none() {
        return Err(Error::new(
            function.sig.fn_token.span(),
            "`#[coroutine]` is for an `async fn`",
        ));
    }
    let yielder = yielder(&mut function, sort, &baton)?;
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
    let (code_sort, made, result) = match sort {
        Sort::Coroutine | Sort::Yielding => (quote!(Coroutine), quote!(), quote!(Handle)),
        Sort::Generator => (quote!(Generator), quote!(), quote!(Handle)),
        Sort::AsyncGenerator => {
            (quote!(AsyncGenerator), quote!(.into_value()), quote!(Value))
        }
    };
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
            const SORT: #baton::Sort = #baton::Sort::#code_sort;
        }
        #yielder
        #baton::Handle::#make::<_, __Code>(async move {
            (async move || -> #output #body)().await
        })
        #made
    });
    function.sig.output = syn::parse2(quote_spanned!(span=> -> #baton::#result))?;
    Ok(quote!(#function))
}
