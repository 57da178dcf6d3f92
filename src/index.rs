//! Positions in lists, which say what they count: none is taken for that of something else; and lists whose copies share
//! what stands in them.

use std::marker::PhantomData;
use std::ops::{Index, IndexMut};
use std::sync::Arc;

use crate::span::narrow;

/// The position of a `T` in the list of its kind.
#[derive(Debug)]
pub struct Idx<T>(u32, PhantomData<fn() -> T>);

impl<T> Idx<T> {
    /// The position with a number, from 0.
    pub fn new(at: usize) -> Idx<T> {
        Idx(narrow(at), PhantomData)
    }

    /// The same behind so many others.
    #[must_use]
    pub fn behind(self, others: usize) -> Idx<T> {
        Idx::new(self.at() + others)
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
pub fn each<'l, T: 'l>(list: impl IntoIterator<Item = &'l T>) -> impl Iterator<Item = (Idx<T>, &'l T)> {
    list.into_iter().enumerate().map(|(at, one)| (Idx::new(at), one))
}

/// A list whose copies share what stands in it, until one of them changes it.
#[derive(Clone, Debug)]
pub struct Shared<T>(Vec<Arc<T>>);

/// Goes through a shared list.
type Each<'l, T> = std::iter::Map<std::slice::Iter<'l, Arc<T>>, fn(&'l Arc<T>) -> &'l T>;

/// The same, to change what stands in it.
type EachMut<'l, T> = std::iter::Map<std::slice::IterMut<'l, Arc<T>>, fn(&'l mut Arc<T>) -> &'l mut T>;

impl<T> Default for Shared<T> {
    fn default() -> Shared<T> {
        Shared(Vec::new())
    }
}

impl<T> Shared<T> {
    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// What stands in it, in order.
    pub fn iter(&self) -> Each<'_, T> {
        self.0.iter().map(Arc::as_ref)
    }

    /// What stands at a position.
    pub fn get(&self, at: usize) -> Option<&T> {
        self.0.get(at).map(Arc::as_ref)
    }

    /// What stands first.
    pub fn first(&self) -> Option<&T> {
        self.get(0)
    }

    /// What stands last.
    pub fn last(&self) -> Option<&T> {
        self.0.last().map(Arc::as_ref)
    }

    /// Makes room for so many more.
    pub fn reserve(&mut self, more: usize) {
        self.0.reserve(more);
    }

    /// Adds one behind the others; it may be one that another list shares.
    pub fn push(&mut self, one: impl Into<Arc<T>>) {
        self.0.push(one.into());
    }

    /// Moves what stands in another list behind its own.
    pub fn append(&mut self, other: &mut Shared<T>) {
        self.0.append(&mut other.0);
    }

    /// Keeps what is meant to stay.
    pub fn retain(&mut self, stays: impl Fn(&T) -> bool) {
        self.0.retain(|one| stays(one));
    }
}

impl<T: Clone> Shared<T> {
    /// What stands in it, to be changed.
    pub fn iter_mut(&mut self) -> EachMut<'_, T> {
        self.0.iter_mut().map(Arc::make_mut)
    }

    /// What stands at a position, to be changed.
    pub fn get_mut(&mut self, at: usize) -> Option<&mut T> {
        self.0.get_mut(at).map(Arc::make_mut)
    }

    /// What stands last, to be changed.
    pub fn last_mut(&mut self) -> Option<&mut T> {
        self.0.last_mut().map(Arc::make_mut)
    }
}

impl<T> Index<usize> for Shared<T> {
    type Output = T;

    fn index(&self, at: usize) -> &T {
        &self.0[at]
    }
}

impl<T: Clone> IndexMut<usize> for Shared<T> {
    fn index_mut(&mut self, at: usize) -> &mut T {
        Arc::make_mut(&mut self.0[at])
    }
}

impl<'l, T> IntoIterator for &'l Shared<T> {
    type Item = &'l T;
    type IntoIter = Each<'l, T>;

    fn into_iter(self) -> Each<'l, T> {
        self.iter()
    }
}

impl<'l, T: Clone> IntoIterator for &'l mut Shared<T> {
    type Item = &'l mut T;
    type IntoIter = EachMut<'l, T>;

    fn into_iter(self) -> EachMut<'l, T> {
        self.iter_mut()
    }
}

impl<T> IntoIterator for Shared<T> {
    type Item = Arc<T>;
    type IntoIter = std::vec::IntoIter<Arc<T>>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}
