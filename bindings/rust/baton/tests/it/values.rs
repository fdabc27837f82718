// SPDX-License-Identifier: MIT
//! Values, there and back.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::Arc;

use baton::{Kind, Value};

use crate::support::*;

#[test]
fn numbers_come_back_as_they_were() {
    let _clean = clean();
    assert_eq!(i64::try_from(Value::from(-5i64)).unwrap(), -5);
    assert_eq!(u64::try_from(Value::from(u64::MAX)).unwrap(), u64::MAX);
    assert_eq!(u8::try_from(Value::from(200u8)).unwrap(), 200);
    assert_eq!(f64::try_from(Value::from(0.5)).unwrap(), 0.5);
    assert!(bool::try_from(Value::from(true)).unwrap());
    assert!(<()>::try_from(Value::from(None::<i64>)).is_ok());
}

#[test]
fn what_does_not_fit_says_what_was_wanted() {
    let _clean = clean();
    let error = u8::try_from(Value::from(256)).unwrap_err();
    assert_eq!(
        (error.kind(), error.message()),
        (Kind::TYPE, "expected u8, not i64")
    );
    let error = i64::try_from(Value::NONE).unwrap_err();
    assert_eq!(error.message(), "expected i64, not none");
    let error = String::try_from(Value::from(1)).unwrap_err();
    assert_eq!(error.message(), "expected text, not i64");
    let error = Value::from(1).into_awaitable().unwrap_err();
    assert_eq!(error.message(), "'i64' object can't be awaited");
}

#[test]
fn text_and_bytes_are_lent() {
    let _clean = clean();
    let text = Value::from("h\u{e9}llo");
    assert_eq!(text.as_str(), Some("h\u{e9}llo"));
    assert_eq!(text.as_bytes(), None);
    assert_eq!(Value::from(vec![1u8, 2]).as_bytes(), Some(&[1u8, 2][..]));
    assert_eq!(Value::from("").as_str(), Some(""));
    assert_eq!(format!("{:?}", Value::from(1.5)), "1.5");
}

#[test]
fn a_rust_object_comes_home_as_itself_and_is_dropped_once() {
    let _clean = clean();
    let drops = Arc::new(AtomicUsize::new(0));
    let value = Value::new_boxed(Dropped(drops.clone()));
    let copy = value.try_clone().unwrap();
    assert!(copy.downcast_ref::<Dropped>().is_some());
    assert!(copy.downcast_ref::<i32>().is_none());
    let value = value.into_box::<Dropped>().err().unwrap();
    drop(copy);
    let home = value.into_box::<Dropped>().unwrap();
    assert_eq!(drops.load(Ordering::SeqCst), 0);
    drop(home);
    assert_eq!(drops.load(Ordering::SeqCst), 1);
    assert!(Value::from(1).into_box::<i64>().is_err());
}
