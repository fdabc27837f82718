// SPDX-License-Identifier: MIT
//! `#[coroutine]` above `#[pymethods]`.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};
use syn::{
    parse_quote, Attribute, FnArg, ImplItem, ImplItemFn, ItemImpl, LitStr, ReceiverKind,
    Type,
};

use crate::body;
use crate::options::Options;

/// Gives two blocks: that of `#[pymethods]`, with a method in the place of each
/// `async fn` that makes an object of the shared type; and a plain one with the
/// `async fn`s, for Rust.
pub fn expand(options: &Options, mut block: ItemImpl) -> syn::Result<TokenStream> {
    if !body::has(&block.attrs, "pymethods") {
        let text = "#[coroutine] goes above #[pymethods]";
        return Err(syn::Error::new_spanned(&block.self_ty, text));
    }
    let class = block.self_ty.clone();
    let mut plain = Vec::new();
    let mut items = Vec::new();
    for item in std::mem::take(&mut block.items) {
        match item {
            ImplItem::Fn(method) if method.sig.asyncness.is_some() => {
                let expanded = Method::of(options, &class, method)?;
                items.push(expanded.called);
                items.extend(expanded.marked);
                plain.push(expanded.plain);
            }
            other => items.push(other),
        }
    }
    block.items = items;
    Ok(quote! {
        #block
        impl #class { #(#plain)* }
    })
}

/// How Python binds a method, and how PyO3 says so.
enum Binding {
    Instance,
    Class,
    Static,
}

impl Binding {
    fn of(attributes: &[Attribute]) -> Binding {
        if body::has(attributes, "staticmethod") {
            Binding::Static
        } else if body::has(attributes, "classmethod") {
            Binding::Class
        } else {
            Binding::Instance
        }
    }
}

struct Method {
    /// What Python calls.
    called: ImplItem,
    /// The class attribute of the same name, set after it: see `mark_method`.
    marked: Option<ImplItem>,
    /// The `async fn`.
    plain: ImplItemFn,
}

/// Slots of a type are no attributes of their own: `__anext__` and the like.
fn is_slot(name: &str) -> bool {
    name.starts_with("__")
        && name.ends_with("__")
        && !matches!(name, "__aenter__" | "__aexit__")
}

impl Method {
    fn of(options: &Options, class: &Type, mut method: ImplItemFn) -> syn::Result<Method> {
        let options = options.of_method(&mut method.attrs)?;
        let (outer, inner) = body::split(std::mem::take(&mut method.attrs));
        let given = body::given_name(&outer)?;
        let name = given.clone().unwrap_or_else(|| body::own_name(&method.sig));
        let binding = Binding::of(&outer);
        for taken in ["new", "getter", "setter", "classattr"] {
            if body::has(&outer, taken) {
                let text = format!("what is #[{taken}] cannot be a coroutine function");
                return Err(syn::Error::new_spanned(&method.sig.ident, text));
            }
        }

        let mut called = method.sig.clone();
        body::plain_arguments(&mut called);
        let arguments = body::argument_names(&called)?;
        let ident = method.sig.ident.clone();
        let py = format_ident!("__baton_py");
        let future = future_of(&mut called, &ident, &arguments)?;
        let qualified = format!("{}.{}", last_name(class), name.value());
        let made = body::make_object(&options, &name, &qualified, &called, &future, &py);
        called.asyncness = None;
        called.ident = format_ident!("__baton_{}", ident);
        let first = usize::from(!matches!(binding, Binding::Static));
        let python: FnArg = parse_quote!(#py: ::baton_pyo3::pyo3::Python<'_>);
        called.inputs.insert(first.min(called.inputs.len()), python);
        called.output = parse_quote! {
            -> ::baton_pyo3::pyo3::PyResult<::baton_pyo3::pyo3::Py<::baton_pyo3::pyo3::PyAny>>
        };
        let rename = given.is_none().then(|| quote!(#[pyo3(name = #name)]));
        let marked = (!is_slot(&name.value())).then(|| mark(&binding, &ident, &name));

        body::strip_arguments(&mut method.sig);
        method.attrs = inner;
        Ok(Method {
            called: parse_quote! {
                #(#outer)*
                #rename
                #[allow(clippy::too_many_arguments, non_snake_case)]
                #called { #made }
            },
            marked,
            plain: method,
        })
    }
}

/// The future that a call of the method makes. `&self` of a frozen class is
/// lent by the object, which the future holds; any other receiver is refused.
fn future_of(
    called: &mut syn::Signature,
    ident: &Ident,
    arguments: &[Ident],
) -> syn::Result<TokenStream> {
    let Some(FnArg::Receiver(receiver)) = called.inputs.first() else {
        return Ok(quote!(Self::#ident(#(#arguments),*)));
    };
    if !matches!(receiver.kind, ReceiverKind::Reference(_, None, None)) {
        let text = "a coroutine cannot borrow its object mutably while others run; \
                    take `&self` of a frozen class, or `slf: Py<Self>`";
        return Err(syn::Error::new_spanned(receiver, text));
    }
    called.inputs[0] = parse_quote!(__baton_self: ::baton_pyo3::pyo3::Py<Self>);
    Ok(quote! {
        async move {
            let __baton_self = __baton_self;
            Self::#ident(__baton_self.get(), #(#arguments),*).await
        }
    })
}

fn mark(binding: &Binding, ident: &Ident, name: &LitStr) -> ImplItem {
    let function = format_ident!("__baton_marked_{}", ident);
    let kind = match binding {
        Binding::Instance => quote!(Instance),
        Binding::Class => quote!(Class),
        Binding::Static => quote!(Static),
    };
    parse_quote! {
        #[classattr]
        #[pyo3(name = #name)]
        #[allow(non_snake_case)]
        fn #function(
            py: ::baton_pyo3::pyo3::Python<'_>,
        ) -> ::baton_pyo3::pyo3::PyResult<::baton_pyo3::pyo3::Py<::baton_pyo3::pyo3::PyAny>> {
            ::baton_pyo3::__private::mark_method(
                &py.get_type::<Self>(), #name, ::baton_pyo3::__private::Binding::#kind)
        }
    }
}

fn last_name(class: &Type) -> String {
    match class {
        Type::Path(path) => path
            .path
            .segments
            .last()
            .map_or_else(String::new, |segment| segment.ident.to_string()),
        _ => String::new(),
    }
}
