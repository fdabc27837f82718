// SPDX-License-Identifier: MIT
//! Without C, so that an interpreter can run them.

use std::sync::atomic::AtomicUsize;
use std::sync::Arc;
use std::task::Wake;

use super::*;

#[derive(Default)]
struct Count(AtomicUsize);

impl Wake for Count {
    fn wake(self: Arc<Self>) {
        self.0.fetch_add(1, Ordering::SeqCst);
    }
}

/// What passes on to a waker that outlives it.
fn counted(waker: &Waker) -> Counted {
    let mut used = None;
    // SAFETY: the waker lives longer.
    unsafe { Counted::renew(&mut used, waker) };
    used.expect("it was made just now")
}

fn wakes(count: &Arc<Count>) -> usize {
    count.0.load(Ordering::SeqCst)
}

#[test]
fn a_counted_waker_is_its_own_clone_and_wakes_its_target() {
    let count = Arc::new(Count::default());
    let waker = Waker::from(count.clone());
    let counted = counted(&waker);
    let mut clone = null();
    // SAFETY: the waker is valid; the clone is woken once, which drops it.
    unsafe {
        let raw = &*counted.as_raw();
        assert_eq!(((*raw.methods).clone)(raw, &mut clone), BATON_OK);
        assert_eq!(clone, counted.as_raw());
        assert_eq!(((*raw.methods).wake)(clone), BATON_OK);
    }
    assert_eq!(wakes(&count), 1);
    assert!(counted.lend(&waker) && !counted.lend(Waker::noop()));
    drop((counted, waker));
    assert_eq!(Arc::strong_count(&count), 1);
}

#[test]
fn what_is_lent_is_known_in_both_forms_and_quiet_without_clones() {
    let count = Arc::new(Count::default());
    let waker = Waker::from(count.clone());
    let target = counted(&waker);
    let lent = Lent::new();
    lent.begin(target.as_raw());
    lent.rest();
    let waker = lent.waker();
    assert!(lent.is(&waker) && lent.is_quiet());
    waker.wake_by_ref();
    assert!(!lent.is_quiet() && wakes(&count) == 1);
    lent.rest();
    let clone = Waker::clone(&waker);
    assert!(lent.is(&clone) && !lent.is_quiet());
    clone.wake();
    assert!(!lent.is_quiet() && wakes(&count) == 2);
    lent.rest();
    assert!(lent.is_quiet());
    assert!(lent.waker().will_wake(&Waker::clone(&lent.waker())));
}

#[test]
fn another_target_gets_another_waker() {
    let (one, two) = (Arc::new(Count::default()), Arc::new(Count::default()));
    let wakers = [&one, &two].map(|count| Waker::from(count.clone()));
    let targets = wakers.each_ref().map(counted);
    let lent = Lent::new();
    lent.begin(targets[0].as_raw());
    let first = Waker::clone(&lent.waker());
    lent.begin(targets[0].as_raw());
    assert!(lent.waker().will_wake(&first));
    lent.begin(targets[1].as_raw());
    let second = Waker::clone(&lent.waker());
    assert!(!second.will_wake(&first) && !lent.is(&first));
    second.wake();
    first.wake();
    assert_eq!((wakes(&one), wakes(&two)), (1, 1));
}

#[test]
fn a_rust_waker_is_cloned_when_somebody_keeps_it() {
    let (one, two) = (Arc::new(Count::default()), Arc::new(Count::default()));
    let wakers = [&one, &two].map(|count| Waker::from(count.clone()));
    let mut used = None;
    // SAFETY: the wakers live longer.
    let renew =
        |used: &mut Option<Counted>, waker| unsafe { Counted::renew(used, waker).as_raw() };
    let first = renew(&mut used, &wakers[0]);
    assert_eq!(
        renew(&mut used, &wakers[1]),
        first,
        "nobody remembers the address"
    );
    assert_eq!((Arc::strong_count(&one), Arc::strong_count(&two)), (2, 2));
    let clone = used.clone().unwrap();
    assert_eq!(Arc::strong_count(&two), 3);
    assert_eq!(renew(&mut used, &wakers[1]), first);
    assert_ne!(
        renew(&mut used, &wakers[0]),
        first,
        "the clone remembers it"
    );
    clone.wake();
    assert_eq!((wakes(&one), wakes(&two)), (0, 1));
    drop((clone, used));
    assert_eq!((Arc::strong_count(&one), Arc::strong_count(&two)), (2, 2));
}
