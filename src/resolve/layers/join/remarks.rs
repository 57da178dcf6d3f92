//! Notes, fields, former ids and histories of one element in two bases.

use super::{Join, Matter, Nearer};
use crate::model::{Name, Remarks};

impl Join<'_> {
    /// Takes in what another base says beside the element itself. Whichever version of it counts, it keeps its notes
    /// and fields.
    pub(super) fn remarks(&mut self, id: Name, known: &mut Remarks, other: &Remarks) {
        if other.0.is_none() {
            return;
        }
        for note in other.notes() {
            if !known.notes().contains(note) {
                known.body().notes.push(*note);
            }
        }
        for note in other.inner() {
            if !known.inner().contains(note) {
                known.body().inner.push(*note);
            }
        }
        for former in other.formerly() {
            if known.formerly().iter().all(|(_, place)| *place != former.1) {
                known.body().formerly.push(*former);
            }
        }
        for value in other.fields() {
            let Some(at) = known.fields().iter().position(|own| own.field == value.field) else {
                known.body().fields.push(value.clone());
                continue;
            };
            let own = known.fields()[at].clone();
            match self.nearer(own.origin, value.origin) {
                Nearer::Same | Nearer::First => {}
                Nearer::Second => known.body().fields[at] = value.clone(),
                Nearer::Neither if self.says_same(own.text, value.text) => {}
                Nearer::Neither => {
                    self.conflict(id, Matter::Field(value.field), own.origin.span, value.origin.span);
                }
            }
        }
        self.history(known, other);
    }

    /// What both bases did, the lowest first.
    fn history(&self, known: &mut Remarks, other: &Remarks) {
        let is_new = |known: &Remarks, change: &crate::model::Change| {
            known.history().iter().all(|own| own.origin.span != change.origin.span)
        };
        for change in other.history() {
            if is_new(known, change) {
                known.body().history.push(change.clone());
            }
        }
        if !known.history().is_empty() {
            known.body().history.sort_by_key(|change| change.origin.package);
        }
    }
}
