//! The core of `prm` as WebAssembly: a request as JSON in, an answer as JSON out.
//!
//! A page puts a request into memory that it was given by `alloc`, and calls a function with its place and length. The
//! answer is one number, the place in its upper half and the length in the lower; who has read it gives it back by
//! `free`.
//!
//! Elsewhere than in WebAssembly the functions have no names of their own: a `free` would take the place of that of C.
//!
//! No request is a fault: what cannot be understood is answered with `{"problem": …}`.

mod answer;
mod request;
#[cfg(feature = "server")]
mod server;

use std::ptr::slice_from_raw_parts_mut;

/// Room for a request of so many bytes.
#[cfg_attr(target_family = "wasm", unsafe(no_mangle))]
pub extern "C" fn alloc(length: usize) -> *mut u8 {
    given_away(vec![0; length]).0
}

/// Takes back what `alloc` or an answer gave.
///
/// # Safety
/// The place and the length are those of one that was given, and not taken back yet.
#[cfg_attr(target_family = "wasm", unsafe(no_mangle))]
pub unsafe extern "C" fn free(place: *mut u8, length: usize) {
    // SAFETY: it was a boxed slice of this length, in `given_away`.
    drop(unsafe { Box::from_raw(slice_from_raw_parts_mut(place, length)) });
}

/// What there is to say of some files, and how one of them is coloured.
///
/// # Safety
/// As of [`free`], which is done with the request.
#[cfg_attr(target_family = "wasm", unsafe(no_mangle))]
pub unsafe extern "C" fn check(place: *mut u8, length: usize) -> u64 {
    // SAFETY: asked of the caller.
    unsafe { answered(place, length, answer::check) }
}

/// An output of some files.
///
/// # Safety
/// As of [`check`].
#[cfg_attr(target_family = "wasm", unsafe(no_mangle))]
pub unsafe extern "C" fn build(place: *mut u8, length: usize) -> u64 {
    // SAFETY: asked of the caller.
    unsafe { answered(place, length, answer::build) }
}

/// A text in its one layout.
///
/// # Safety
/// As of [`check`].
#[cfg_attr(target_family = "wasm", unsafe(no_mangle))]
pub unsafe extern "C" fn format(place: *mut u8, length: usize) -> u64 {
    // SAFETY: asked of the caller.
    unsafe { answered(place, length, answer::format) }
}

/// Which outputs there are.
///
/// # Safety
/// As of [`check`].
#[cfg_attr(target_family = "wasm", unsafe(no_mangle))]
pub unsafe extern "C" fn about(place: *mut u8, length: usize) -> u64 {
    // SAFETY: asked of the caller.
    unsafe { answered(place, length, |_| answer::about()) }
}

/// A turn of the language server: what came, and what is to be said.
///
/// # Safety
/// As of [`check`].
#[cfg(feature = "server")]
#[cfg_attr(target_family = "wasm", unsafe(no_mangle))]
pub unsafe extern "C" fn turn(place: *mut u8, length: usize) -> u64 {
    // SAFETY: asked of the caller.
    unsafe { answered(place, length, server::turn) }
}

/// The place of an answer to the request at a place, which is used up.
unsafe fn answered(place: *mut u8, length: usize, answer: fn(&[u8]) -> Vec<u8>) -> u64 {
    // SAFETY: as in `free`.
    let request = unsafe { Box::from_raw(slice_from_raw_parts_mut(place, length)) };
    let (place, length) = given_away(answer(&request));
    (place as u64) << 32 | length as u64
}

fn given_away(bytes: Vec<u8>) -> (*mut u8, usize) {
    let bytes = Box::leak(bytes.into_boxed_slice());
    (bytes.as_mut_ptr(), bytes.len())
}
