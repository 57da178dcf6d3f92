//! Several tables in one: below each other behind blank rows, or beside each other between blank columns.

use std::ops::Range;

use super::super::heads::{self, Head};
use super::super::table::{Cell, Table};
use super::{Mapping, columns};

/// How many rows stand between a blank row and the heads of the table below it: a title, and what is told of it.
const TITLES: usize = 3;

/// Heads that a table has over what its rows are about.
const KEYS: &[Head] = &[Head::Id, Head::Process, Head::ProcessName, Head::Term, Head::Item, Head::Left];

/// The tables that stand in one.
pub(super) fn apart(table: Table, mapping: &Mapping) -> Vec<Table> {
    let name = table.name.clone();
    let mut parts: Vec<Table> = below(table, mapping).into_iter().flat_map(|part| beside(part, mapping)).collect();
    for (number, part) in (2..).zip(parts.iter_mut().skip(1)) {
        part.name = format!("{name}, table {number}");
    }
    parts
}

/// Those below each other: where a row behind a blank one, or soon behind it, has other heads than those above.
fn below(mut table: Table, mapping: &Mapping) -> Vec<Table> {
    let words = |cells: &[Cell]| -> Vec<String> { cells.iter().map(|cell| heads::plain(&cell.said.words)).collect() };
    let mut starts = vec![0];
    let mut heads =
        table.rows.iter().position(|row| columns::are_heads(row, mapping)).map(|at| (at, words(&table.rows[at])));
    for (number, gap) in table.gaps.iter().enumerate() {
        let Some((first, of_above)) = &heads else { break };
        let end = table.gaps.get(number + 1).copied().unwrap_or(table.rows.len()).min(gap + TITLES);
        let next = table.gaps[number..].iter().copied().find(|next| *next > end);
        let rows = &table.rows[..next.unwrap_or(table.rows.len())];
        let Some(at) = (*gap..end).find(|at| columns::is_head(rows, *at, mapping)) else { continue };
        let of_it = words(&table.rows[at]);
        if at > *first && of_it != *of_above {
            starts.push(*gap);
            heads = Some((at, of_it));
        }
    }
    let mut parts = Vec::new();
    for start in starts.into_iter().skip(1).rev() {
        parts.push(Table { rows: table.rows.split_off(start), ..Table::default() });
    }
    parts.push(table);
    parts.reverse();
    parts
}

/// Those beside each other: between columns that are blank throughout, if each has heads of its own over what it is about.
fn beside(table: Table, mapping: &Mapping) -> Vec<Table> {
    let Some(head) = table.rows.iter().find(|row| columns::are_heads(row, mapping)) else { return vec![table] };
    let width = table.rows.iter().map(Vec::len).max().unwrap_or_default();
    let is_blank = |column: &usize| table.rows.iter().all(|row| row.get(*column).is_none_or(Cell::is_blank));
    let is_table = |range: &Range<usize>| {
        let cells = head.get(range.start..range.end.min(head.len())).unwrap_or_default();
        columns::are_heads(cells, mapping) && columns::meanings(cells, mapping).any(|head| KEYS.contains(&head))
    };
    let mut ranges: Vec<Range<usize>> = Vec::new();
    let mut start = 0;
    for blank in (0..width).filter(is_blank).chain([width]) {
        let range = start..blank;
        start = blank + 1;
        match ranges.last_mut() {
            Some(last) if !is_table(&range) || !is_table(last) => last.end = range.end,
            _ => ranges.push(range),
        }
    }
    if ranges.len() < 2 {
        return vec![table];
    }
    let part = |range: &Range<usize>| {
        let cell =
            |(column, cell): (usize, &Cell)| if range.contains(&column) { cell.clone() } else { Cell::default() };
        let rows = table.rows.iter().map(|row| row.iter().enumerate().map(cell).collect());
        Table { name: table.name.clone(), rows: rows.collect(), ..Table::default() }
    };
    let mut parts: Vec<Table> = ranges.iter().map(part).collect();
    parts[0].remarks = table.remarks;
    parts
}
