//! Positions in lists, which say what they count: none is taken for that of something else.

use std::marker::PhantomData;

use crate::span::narrow;

/// The position of a `T` in the list of its kind.
#[derive(Debug)]
pub struct Idx<T>(u32, PhantomData<fn() -> T>);

impl<T> Idx<T> {
    /// The position with a number, from 0.
    pub fn new(at: usize) -> Idx<T> {
        Idx(narrow(at), PhantomData)
    }

    /// The same behind what stands in another list.
    pub fn behind(self, other: &[T]) -> Idx<T> {
        Idx::new(self.at() + other.len())
    }

    /// The number.
    pub fn at(self) -> usize {
        self.0 as usize
    }
}

// By hand, for what is derived would ask the same of `T`.
impl<T> Clone for Idx<T> {
    fn clone(&self) -> Idx<T> {
        *self
    }
}

impl<T> Copy for Idx<T> {}

impl<T> PartialEq for Idx<T> {
    fn eq(&self, other: &Idx<T>) -> bool {
        self.0 == other.0
    }
}

impl<T> Eq for Idx<T> {}

/// What stands at a position.
pub fn get<T>(list: &[T], at: Idx<T>) -> Option<&T> {
    list.get(at.at())
}

/// As [`get`], to be changed.
pub fn get_mut<T>(list: &mut [T], at: Idx<T>) -> Option<&mut T> {
    list.get_mut(at.at())
}

/// What stands in a list, with the positions.
pub fn each<T>(list: &[T]) -> impl Iterator<Item = (Idx<T>, &T)> {
    list.iter().enumerate().map(|(at, one)| (Idx::new(at), one))
}
