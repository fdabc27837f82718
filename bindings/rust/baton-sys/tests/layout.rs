// SPDX-License-Identifier: MIT
//! The declarations against the layouts and numbers that the headers have.

use std::collections::BTreeMap;
use std::mem::{align_of, offset_of, size_of};
use std::path::PathBuf;

use baton_sys::*;

fn layouts(name: &str) -> String {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../abi/layouts");
    std::fs::read_to_string(folder.join(name)).expect("a file of layouts")
}

/// `baton_type.name offset 32` of each line of the file for this target.
fn expected() -> BTreeMap<String, (usize, usize)> {
    let model = match (size_of::<usize>(), align_of::<u64>()) {
        (8, 8) => "pointer64-align8.txt",
        (4, 8) => "pointer32-align8.txt",
        (4, 4) => "pointer32-align4.txt",
        other => panic!("no layouts for {other:?}"),
    };
    let number = |text: &str| text.parse().expect("a number");
    layouts(model)
        .lines()
        .map(|line| line.split_whitespace().collect::<Vec<_>>())
        .filter_map(|words| match words[..] {
            [name, "size", size, "align", align] => {
                Some((name.to_owned(), (number(size), number(align))))
            }
            [name, "offset", offset, "size", size, ..] => {
                Some((name.to_owned(), (number(offset), number(size))))
            }
            _ => None,
        })
        .collect()
}

fn size_at<T, F>(_: impl Fn(&T) -> &F) -> usize {
    size_of::<F>()
}

macro_rules! layouts {
    ($($name:ident { $($(#[$as:meta])? $field:ident $(= $c:literal)?),* })*) => {
        fn declared() -> BTreeMap<String, (usize, usize)> {
            let mut all = BTreeMap::new();
            $(
                let name = stringify!($name);
                all.insert(name.to_owned(), (size_of::<$name>(), align_of::<$name>()));
                $(
                    let field = [$($c,)? stringify!($field)][0];
                    let size = size_at(|whole: &$name| &whole.$field);
                    all.insert(
                        format!("{name}.{field}"),
                        (offset_of!($name, $field), size),
                    );
                )*
            )*
            all
        }
    };
}

layouts! {
    baton_context {
        struct_size, abi_major, abi_minor, accepts, reserved0, waker, handled, query, driver
    }
    baton_async_methods { struct_size, reserved0, am_await, am_aiter, am_anext }
    baton_coroutine_methods { struct_size, reserved0, send, throw_, close }
    baton_frame { language, function, file, line, flags }
    baton_error_methods {
        struct_size, reserved0, kind, message, payload, cause, context, frames, add_frame
    }
    baton_link { returns_to, leaf, owner, handle, state, kind, flags, count }
    baton_link_handling { handled, link }
    baton_link_methods { struct_size, link_offset, resume, ended, where_ = "where", guard }
    baton_export { struct_size, reserved0, name, summary, create }
    baton_provider {
        struct_size, abi_major, abi_minor, magic, reserved0, name, version, language, exports,
        export_count, query, reserved1
    }
    baton_type {
        struct_size, abi_major, abi_minor, magic, reserved0, flags, name, retain, release,
        provider, data, traverse, as_async, as_coroutine, as_link, as_error, query, reserved1
    }
    baton_value { head, payload }
    baton_text_view { data, size }
    baton_bytes_view { data, size }
    baton_waker_methods { struct_size, reserved0, clone, wake, wake_by_ref, drop }
    baton_waker { methods }
    baton_async_generator { struct_size, reserved0, asend, athrow, aclose }
    baton_bytes { struct_size, reserved0, view }
    baton_introspect {
        struct_size, reserved0, state, kind, name, qualified_name, location, delegated_to,
        returns_to, origin
    }
    baton_manifest { struct_size, reserved0, data, size }
    baton_scalar { struct_size, reserved0, get }
    baton_text { struct_size, reserved0, view }
    baton_wait { struct_size, reserved0, subscribe, unsubscribe }
    baton_deadline { struct_size, reserved0, remaining }
    baton_reaper { struct_size, reserved0, keep, adopt, drop }
    baton_spawn { struct_size, reserved0, spawn }
}

#[test]
fn every_struct_has_the_layout_of_the_headers() {
    let (expected, mut declared) = (expected(), declared());
    // Members of unions all begin where the union does.
    for (name, place) in &expected {
        if name.matches('.').count() == 2 {
            declared.insert(name.clone(), *place);
        }
    }
    let known = |name: &String| expected.contains_key(name);
    declared.retain(|name, _| known(name) || !name.contains('.'));
    assert_eq!(declared, expected);
}

#[test]
fn the_source_has_the_numbers_of_the_headers() {
    let source = include_str!("../src/contract.rs");
    let mut seen = 0;
    for line in layouts("constants.txt").lines() {
        let Some((name, value)) = line.split_once(" = ") else {
            continue;
        };
        if name == "BATON_TYPE_PREFIX_SIZE" {
            assert_eq!(value.parse(), Ok(offset_of!(baton_type, data)));
            continue;
        }
        let declaration = format!("pub const {name}: ");
        let Some(line) = source.lines().find(|line| line.starts_with(&declaration)) else {
            panic!("{name} is not declared");
        };
        let (_, declared) = line.split_once(" = ").expect("a value");
        assert_eq!(
            number(declared.trim_end_matches(';')),
            number(value),
            "{name}"
        );
        seen += 1;
    }
    assert!(seen > 60, "{seen} constants");
}

/// A number of either file, or the text of an id.
fn number(text: &str) -> Result<i128, String> {
    let plain = text.trim().trim_end_matches(['u', 'U', 'l', 'L']);
    match plain.strip_prefix("0x") {
        Some(digits) => i128::from_str_radix(digits, 16).map_err(|error| error.to_string()),
        None => plain.parse().map_err(|_| {
            text.trim()
                .trim_start_matches('c')
                .trim_matches('"')
                .to_owned()
        }),
    }
}
