// SPDX-License-Identifier: MIT
use syn::parse::{Parse, ParseStream};
use syn::{Attribute, Expr, Ident, Meta, Token};

/// What stands in the parentheses of `#[coroutine(...)]`.
#[derive(Clone, Default)]
pub struct Options {
    /// Polls without the GIL.
    pub detach: bool,
    /// Belongs to the thread that calls it; the future need not be `Send`.
    pub local: bool,
    /// Called before each poll; what it gives is dropped after it.
    pub enter: Option<Expr>,
}

impl Parse for Options {
    fn parse(input: ParseStream) -> syn::Result<Self> {
        let mut options = Options::default();
        while !input.is_empty() {
            let name: Ident = input.parse()?;
            match name.to_string().as_str() {
                "detach" => options.detach = true,
                "local" => options.local = true,
                "enter" => {
                    input.parse::<Token![=]>()?;
                    options.enter = Some(input.parse()?);
                }
                _ => {
                    let text = "an option is `detach`, `local` or `enter = FUNCTION`";
                    return Err(syn::Error::new(name.span(), text));
                }
            }
            if options.detach && options.local {
                let text = "what is polled without the GIL must be `Send`, not `local`";
                return Err(syn::Error::new(name.span(), text));
            }
            if !input.is_empty() {
                input.parse::<Token![,]>()?;
            }
        }
        Ok(options)
    }
}

impl Options {
    /// Takes `#[coroutine(...)]` off a method; it replaces the block's options.
    pub fn of_method(&self, attributes: &mut Vec<Attribute>) -> syn::Result<Options> {
        let mut options = self.clone();
        let mut failed = None;
        attributes.retain(|attribute| {
            let last = attribute.path().segments.last();
            if last.is_none_or(|segment| segment.ident != "coroutine") {
                return true;
            }
            match &attribute.meta {
                Meta::Path(_) => options = Options::default(),
                _ => match attribute.parse_args() {
                    Ok(own) => options = own,
                    Err(error) => failed = Some(error),
                },
            }
            false
        });
        failed.map_or(Ok(options), Err)
    }
}
