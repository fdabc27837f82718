// SPDX-License-Identifier: MIT
use std::fmt;
use std::mem::ManuallyDrop;

use baton_sys::*;

use crate::home::Home;
use crate::{boxed, Error, Kind, LocalHandle};

/// Anything that crosses: a scalar, or an object of some language.
///
/// A value owns a reference and releases it when it is dropped. It may be kept
/// anywhere. Something that can be driven, such as a coroutine, is used on the
/// thread on which it has arrived, since others there may have it too: it is
/// awaited and handed on there, and elsewhere refuses with "wrong thread". A
/// [`Handle`](crate::Handle) can go where it likes.
pub struct Value {
    raw: baton_value,
    home: Home,
}

// SAFETY: the contract lets every thread call what is called of a value here:
// retain, release, query, and the slots of text, bytes, scalars and errors.
// Whatever is for one thread at a time asks `home` first.
unsafe impl Send for Value {}
// SAFETY: as above.
unsafe impl Sync for Value {}

impl Value {
    /// The value none: every language's nil.
    pub const NONE: Value = Value {
        raw: baton_none(),
        home: Home::ANYWHERE,
    };

    /// Takes over a reference.
    ///
    /// # Safety
    /// The value is valid, the reference is the caller's, and this thread may
    /// use the object.
    #[inline]
    pub unsafe fn from_raw(raw: baton_value) -> Self {
        let home = if baton_is_object(&raw) {
            Home::here()
        } else {
            Home::ANYWHERE
        };
        Value { raw, home }
    }

    /// Lets the value be used on any thread.
    ///
    /// # Safety
    /// The object sees to it by itself that one thread at a time uses it, as
    /// Python's objects do.
    pub unsafe fn assume_send(mut self) -> Self {
        self.home = Home::ANYWHERE;
        self
    }

    /// Hands the reference to the caller.
    #[inline]
    pub fn into_raw(self) -> baton_value {
        ManuallyDrop::new(self).raw
    }

    /// Lends the value to a call of the contract.
    #[inline]
    pub fn as_raw(&self) -> &baton_value {
        &self.raw
    }

    /// Whether this is none.
    #[inline]
    pub fn is_none(&self) -> bool {
        baton_is_none(&self.raw)
    }

    /// The name of the type, as messages show it.
    pub fn type_name(&self) -> &str {
        const SCALARS: [&str; 6] = ["none", "bool", "i64", "f64", "u64", "error kind"];
        match self.descriptor() {
            // SAFETY: a descriptor's name is terminated, and outlives the value.
            Some(descriptor) => unsafe { crate::text::borrow(descriptor.name) },
            None => SCALARS
                .get(baton_tag_of(&self.raw))
                .unwrap_or(&"scalar of unknown tag"),
        }
    }

    /// Copies the value with a reference of its own. Fails where an object that
    /// belongs to another thread refuses.
    pub fn try_clone(&self) -> Result<Self, Error> {
        // SAFETY: the value is valid; the copy has a reference of its own.
        match unsafe { baton_copy(&self.raw) } {
            Ok(raw) => Ok(Value {
                raw,
                home: self.home,
            }),
            Err(status) => Err(Error::from_refusal(status, self)),
        }
    }

    /// The text of any object that is text.
    pub fn as_str(&self) -> Option<&str> {
        let mut view = baton_text_view {
            data: std::ptr::null(),
            size: 0,
        };
        // SAFETY: the value is valid; the view lives as long as the reference.
        unsafe {
            (baton_text_of(&self.raw, &mut view) == BATON_OK)
                .then(|| crate::text::view(&view))
                .flatten()
        }
    }

    /// The bytes of any object that is bytes.
    pub fn as_bytes(&self) -> Option<&[u8]> {
        let mut view = baton_bytes_view {
            data: std::ptr::null(),
            size: 0,
        };
        // SAFETY: the value is valid; the view lives as long as the reference.
        unsafe {
            (baton_bytes_of(&self.raw, &mut view) == BATON_OK)
                .then(|| crate::text::bytes(view.data, view.size))
        }
    }

    /// Wraps a Rust object, which comes home by [`Value::downcast_ref`]. Other
    /// languages pass it on. Copies of the value share the object, on any thread.
    pub fn new_boxed<T: Send + Sync + 'static>(object: T) -> Self {
        boxed::wrap(Box::new(object))
    }

    /// The Rust object inside, if it is one of this type, wrapped by this copy
    /// of the crate.
    pub fn downcast_ref<T: 'static>(&self) -> Option<&T> {
        boxed::inside(self)?.downcast_ref()
    }

    /// Takes the Rust object out, if nobody else has a reference to it.
    pub fn into_box<T: 'static>(self) -> Result<Box<T>, Self> {
        boxed::unwrap(self)
    }

    /// Makes it something to await or to drive, whatever the language. Fails
    /// for what is neither awaitable nor a coroutine.
    pub fn into_awaitable(self) -> Result<LocalHandle, Error> {
        LocalHandle::new(self)
    }

    /// Whether it can be driven, awaited or iterated.
    pub(crate) fn is_active(&self) -> bool {
        self.descriptor().is_some_and(|descriptor| {
            !descriptor.as_async.is_null()
                || !descriptor.as_coroutine.is_null()
                || !descriptor.as_link.is_null()
        })
    }

    /// Refuses what is not to be driven or handed on by this thread.
    pub(crate) fn check_home(&self) -> Result<(), Error> {
        let affine = |descriptor: &baton_type| descriptor.flags & BATON_TYPE_AFFINE != 0;
        if self.home.is_here() || !self.is_active() || self.descriptor().is_some_and(affine)
        {
            return Ok(());
        }
        Err(Error::from_refusal(BATON_WRONG_THREAD, self))
    }

    /// Makes this thread the one that uses it; nobody else has it.
    #[inline]
    pub(crate) fn arrive(mut self) -> Self {
        if !self.home.is_here() {
            self.home = Home::here();
        }
        self
    }

    /// Hands the reference to another language.
    #[inline]
    pub(crate) fn cross(self) -> Result<baton_value, Error> {
        if !self.home.is_here() {
            self.check_home()?;
        }
        Ok(self.into_raw())
    }

    /// Of an object, not yet checked.
    #[inline]
    pub(crate) fn descriptor_address(&self) -> Option<*const baton_type> {
        // SAFETY: every head can be read as an address.
        baton_is_object(&self.raw).then_some(unsafe { self.raw.head.type_ })
    }

    #[inline]
    pub(crate) fn descriptor(&self) -> Option<&baton_type> {
        // SAFETY: an object's descriptor outlives its references.
        self.descriptor_address().map(|at| unsafe { &*at })
    }

    /// The same number as a scalar, of a scalar or of an object that stands for
    /// one.
    #[inline]
    pub(crate) fn to_scalar(&self) -> Option<baton_value> {
        if !baton_is_object(&self.raw) {
            return Some(self.raw);
        }
        let mut out = baton_none();
        // SAFETY: the table belongs to this id; what it gives is a scalar.
        unsafe {
            let table = baton_find(&self.raw, BATON_EXT_SCALAR).cast::<baton_scalar>();
            let status = (table.as_ref()?.get)(&self.raw, &mut out);
            (status == BATON_OK && !baton_is_object(&out)).then_some(out)
        }
    }

    /// The number, text or bytes that it stands for, or none.
    pub(crate) fn to_data(&self) -> Value {
        if let Some(raw) = self.to_scalar() {
            let home = Home::ANYWHERE;
            return Value { raw, home };
        }
        match (self.as_str(), self.as_bytes()) {
            (Some(text), _) => text.into(),
            (None, Some(bytes)) => bytes.into(),
            (None, None) => Value::NONE,
        }
    }

    #[cold]
    pub(crate) fn mismatch(&self, wanted: &str) -> Error {
        let message = format!("expected {wanted}, not {}", self.type_name());
        Error::new(Kind::TYPE, &message)
    }
}

impl Drop for Value {
    #[inline]
    fn drop(&mut self) {
        // SAFETY: the reference is ours.
        unsafe { baton_drop(&mut self.raw) }
    }
}

impl Default for Value {
    #[inline]
    fn default() -> Self {
        Value::NONE
    }
}

impl fmt::Debug for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(text) = self.as_str() {
            return write!(f, "{text:?}");
        }
        // SAFETY: the payload is read by its tag.
        unsafe {
            match baton_tag_of(&self.raw) {
                BATON_TAG_NONE => f.write_str("none"),
                BATON_TAG_BOOL => write!(f, "{}", self.raw.payload.u64 != 0),
                BATON_TAG_I64 => write!(f, "{}", self.raw.payload.i64),
                BATON_TAG_U64 => write!(f, "{}", self.raw.payload.u64),
                BATON_TAG_F64 => write!(f, "{:?}", self.raw.payload.f64),
                _ => write!(f, "<{}>", self.type_name()),
            }
        }
    }
}
