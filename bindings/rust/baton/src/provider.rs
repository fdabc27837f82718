// SPDX-License-Identifier: MIT
//! What [`provider!`](crate::provider!) expands to.

use std::ffi::c_char;
use std::mem::{size_of, ManuallyDrop};

use baton_sys::*;

use crate::{descriptor, panic, Error, Value};

#[doc(hidden)]
pub type Create = unsafe extern "C" fn(
    *const baton_export,
    *mut baton_context,
    *mut baton_value,
    u64,
    *mut baton_value,
) -> i32;

/// # Safety
/// As the slot.
#[doc(hidden)]
pub unsafe fn create(
    arguments: *mut baton_value,
    count: u64,
    out: *mut baton_value,
    function: impl FnOnce(&[Value]) -> Result<Value, Error>,
) -> i32 {
    // SAFETY: the caller's. They stay the caller's, who drops what is left.
    let arguments: Vec<ManuallyDrop<Value>> = (0..count as usize)
        .map(|i| ManuallyDrop::new(unsafe { Value::from_raw(*arguments.add(i)) }))
        .collect();
    let arguments: *const [ManuallyDrop<Value>] = &*arguments;
    // SAFETY: what is in a `ManuallyDrop` has the same layout.
    let arguments = unsafe { &*(arguments as *const [Value]) };
    let made = panic::catch(c"provider", || {
        // Before a clone counts one.
        for argument in arguments {
            descriptor::check(argument)?;
        }
        function(arguments)?.cross()
    });
    let made = made.and_then(|made| made);
    let (status, made) = match made {
        Ok(value) => (BATON_OK, value),
        Err(error) => (BATON_ERROR, error.into_raw()),
    };
    // SAFETY: the caller's.
    unsafe { *out = made };
    status
}

/// # Safety
/// The texts are terminated.
#[doc(hidden)]
pub const unsafe fn export(
    name: &'static str,
    summary: &'static str,
    create: Create,
) -> baton_export {
    baton_export {
        struct_size: size_of::<baton_export>() as u32,
        reserved0: 0,
        name: name.as_ptr().cast::<c_char>(),
        summary: summary.as_ptr().cast::<c_char>(),
        create,
    }
}

/// # Safety
/// The texts are terminated.
#[doc(hidden)]
pub const unsafe fn provider(
    name: &'static str,
    version: &'static str,
    exports: &'static [&'static baton_export],
) -> baton_provider {
    baton_provider {
        struct_size: size_of::<baton_provider>() as u32,
        abi_major: BATON_ABI_MAJOR,
        abi_minor: BATON_ABI_MINOR,
        magic: BATON_PROVIDER_MAGIC,
        reserved0: 0,
        name: name.as_ptr().cast::<c_char>(),
        version: version.as_ptr().cast::<c_char>(),
        language: c"rust".as_ptr(),
        exports: exports.as_ptr().cast(),
        export_count: exports.len() as u64,
        query: None,
        reserved1: std::ptr::null(),
    }
}

/// Lets other languages find what a library makes: defines the function that
/// they look for in a `cdylib`.
///
/// Each export has a name, a line for people, and a function from its arguments
/// to a value, such as a [`Handle`](crate::Handle) that has not started. The
/// arguments are borrowed: what is kept is cloned.
///
/// ```
/// baton::provider! {
///     name: "arithmetic",
///     version: "0.1.0",
///     exports: {
///         "double", "Doubles a number.": |arguments| {
///             let number = i64::try_from(&arguments[0])?;
///             Ok(baton::Handle::new(async move { 2 * number }).into())
///         },
///     }
/// }
/// ```
#[macro_export]
macro_rules! provider {
    (
        name: $name:literal,
        version: $version:literal,
        exports: { $($export:literal, $summary:literal: $function:expr),* $(,)? } $(,)?
    ) => {
        /// Gives the library's provider.
        #[no_mangle]
        pub extern "C" fn baton_provider_v0() -> *const $crate::sys::baton_provider {
            static EXPORTS: &[&$crate::sys::baton_export] = &[$({
                unsafe extern "C" fn create(
                    _export: *const $crate::sys::baton_export,
                    _cx: *mut $crate::sys::baton_context,
                    arguments: *mut $crate::sys::baton_value,
                    count: u64,
                    out: *mut $crate::sys::baton_value,
                ) -> i32 {
                    // SAFETY: the caller's.
                    unsafe { $crate::provider::create(arguments, count, out, $function) }
                }
                // SAFETY: the texts are terminated here.
                static EXPORT: $crate::sys::baton_export = unsafe {
                    let name = concat!($export, "\0");
                    $crate::provider::export(name, concat!($summary, "\0"), create)
                };
                &EXPORT
            }),*];
            // SAFETY: as above.
            static PROVIDER: $crate::sys::baton_provider = unsafe {
                let name = concat!($name, "\0");
                $crate::provider::provider(name, concat!($version, "\0"), EXPORTS)
            };
            &PROVIDER
        }
    };
}
