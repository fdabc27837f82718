// SPDX-License-Identifier: MIT

/// Ends as Rust's own allocations do where memory is short.
pub(crate) fn out_of_memory(size: usize) -> ! {
    let layout = std::alloc::Layout::array::<u8>(size.max(1));
    std::alloc::handle_alloc_error(layout.unwrap_or(std::alloc::Layout::new::<usize>()))
}
