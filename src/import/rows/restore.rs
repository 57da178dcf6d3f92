//! Ids of which a spreadsheet has made numbers and dates: told cell by cell, and restored where that is sure.

use super::super::heads::Head;
use super::super::report::counted;
use super::columns::Shape;
use super::{Cell, Headed};

/// Heads above ids, and above what names ids.
const IDS: &[Head] = &[
    Head::Id,
    Head::Parent,
    Head::Process,
    Head::OutcomeNumber,
    Head::PracticeId,
    Head::Achieves,
    Head::Requirements,
    Head::Partly,
    Head::Left,
    Head::Right,
];

/// What the numbers and dates are in columns of ids; in other columns they are what they are.
pub(super) fn ids(headed: &mut Headed, shape: Shape, remarks: &mut Vec<String>) {
    let mut sure = 0_usize;
    for (at, (head, _)) in headed.columns.iter().enumerate() {
        let is_ids = head.is_some_and(|head| IDS.contains(&head));
        if is_ids && *head == Some(Head::Id) && shape == Shape::Catalog {
            defined(&mut headed.rows, at);
        }
        for cell in headed.rows.iter_mut().filter_map(|row| row.get_mut(at)) {
            sure += usize::from(doubted(cell, is_ids));
        }
    }
    // The heads of a matrix are ids.
    for (cell, (head, _)) in headed.head.iter_mut().zip(&headed.columns) {
        sure += usize::from(doubted(cell, shape == Shape::Matrix && head.is_none()));
    }
    if sure > 0 {
        let ids = if sure == 1 { "is a number: its reading is sure" } else { "are numbers: their readings are sure" };
        remarks.push(format!("{}: {} {ids}", headed.name, counted(sure, "id")));
    }
}

/// Says of an id that it is doubtful; whether it is a number that is surely an id.
fn doubted(cell: &mut Cell, is_id: bool) -> bool {
    let Some(eaten) = cell.eaten.take().filter(|_| is_id) else { return false };
    if eaten.is_sure {
        return true;
    }
    let doubt = format!("the spreadsheet holds {}", eaten.holds);
    cell.said.doubt = Some(match cell.said.doubt.take() {
        Some(before) => format!("{before}; {doubt}"),
        None => doubt,
    });
    cell.said.readings = eaten.readings;
    false
}

/// The numbers of a column in which each id stands once: where `5.1` stands between `5.9` and `5.11`, it is `5.10`.
/// Only if all of the column rises then, and no id stands there twice.
fn defined(rows: &mut [Vec<Cell>], at: usize) {
    let mut before: Vec<u64> = Vec::new();
    let mut chosen: Vec<(usize, String)> = Vec::new();
    for (number, row) in rows.iter().enumerate() {
        let Some(cell) = row.get(at).filter(|cell| !cell.is_blank() && !cell.is_covered) else { continue };
        let readings = match &cell.eaten {
            Some(eaten) if eaten.readings.first().is_some_and(|first| *first == cell.said.words) => {
                eaten.readings.clone()
            }
            _ => vec![cell.said.words.trim().to_owned()],
        };
        let parts =
            |reading: &String| -> Option<Vec<u64>> { reading.split('.').map(|part| part.parse().ok()).collect() };
        let Some((reading, now)) = readings
            .iter()
            .find_map(|reading| parts(reading).filter(|parts| *parts > before).map(|parts| (reading, parts)))
        else {
            return;
        };
        // What is not the number as it stands has to follow the one before without a gap.
        let follows = now.len() == before.len()
            && now[..now.len() - 1] == before[..before.len() - 1]
            && before.last().is_some_and(|last| now.last() == Some(&(last + 1)));
        if *reading != cell.said.words.trim() && !follows {
            return;
        }
        chosen.push((number, reading.clone()));
        before = now;
    }
    for (number, reading) in chosen {
        let Some(cell) = rows[number].get_mut(at) else { continue };
        let Some(eaten) = cell.eaten.as_mut().filter(|eaten| eaten.readings.contains(&reading)) else { continue };
        eaten.readings.clear();
        if reading != cell.said.words.trim() {
            eaten.holds = format!("{}: it is `{reading}` by its neighbours", eaten.holds);
            cell.said.words = reading;
        }
    }
}
