//! How wide the columns of a table are, and on which page it fits: upright, on its side, in smaller letters, with words
//! that are broken; or on none.

use unicode_width::UnicodeWidthStr;

use super::Book;
use crate::document::inline::Inline;
use crate::document::setting::Unprintable;
use crate::document::tree::{Block, Document, Table};

/// How a table stands on its page.
#[derive(Clone, Debug)]
pub(super) struct Fit {
    pub is_landscape: bool,
    /// How much smaller its letters are, from 0 to 2.
    pub size: usize,
    /// Whether the words of its head stand upright.
    pub is_turned: bool,
    /// The widths of its columns, in twentieths of a point.
    pub widths: Vec<usize>,
}

/// The left and the right margin of a cell, and its lines.
pub(super) const PADDING: usize = 150;
/// The average width of a letter in each size, in twentieths of a point.
pub(super) const LETTER: [usize; 3] = [108, 97, 86];
/// A word longer than this is broken where there is no room for it; and where there is still none.
const LONGEST: usize = 16;
/// Longer words, as German has them, stay whole where the columns need not be moved to another page for it.
const WHOLE: [usize; 3] = [32, 26, 20];
const LONG: usize = 12;
/// So many letters of a word stand on a line at least.
const SHORTEST: usize = 2;
/// A head longer than this may stand upright.
const TURNED: usize = 4;

impl Book<'_> {
    /// How each table that stands in no other block stands on its page.
    pub(super) fn fits(&self, document: &Document) -> Result<Vec<Option<Fit>>, Unprintable> {
        let page = &self.frame.page;
        let widths = [page.text_width(false), page.text_width(true)];
        let mut captions = self.plan.captions.iter();
        let mut fits = Vec::with_capacity(document.blocks.len());
        for block in &document.blocks {
            fits.push(match block {
                Block::Table(table) => {
                    let label = captions.next().map_or("", |caption| &caption.label);
                    Some(fit(table, &widths, label)?)
                }
                other => {
                    captions.by_ref().take(captioned(other)).for_each(drop);
                    None
                }
            });
        }
        Ok(fits)
    }
}

/// How many tables and figures are in a block.
fn captioned(block: &Block) -> usize {
    match block {
        Block::Table(_) | Block::Figure(_) => 1,
        Block::List(list) => list.items.iter().flatten().map(captioned).sum(),
        Block::Quotation(blocks) => blocks.iter().map(captioned).sum(),
        Block::Note(note) => note.blocks.iter().map(captioned).sum(),
        Block::Term(term) => term.blocks().map(captioned).sum(),
        _ => 0,
    }
}

/// How a table stands where the page is what it is.
pub(super) fn fit_here(table: &Table, width: usize, label: &str) -> Result<Fit, Unprintable> {
    fit(table, &[width], label)
}

/// The first way in which it fits: `widths` are those of the text on an upright page, and on one that lies on its side.
fn fit(table: &Table, widths: &[usize], label: &str) -> Result<Fit, Unprintable> {
    let words = Words::of(table);
    let first = usize::from(table.is_landscape && widths.len() > 1);
    // Smaller letters first: words that stand upright are for heads over marks.
    let upright = [(0, LONGEST), (1, LONGEST), (2, LONGEST), (2, LONG)].map(|(size, longest)| (size, false, longest));
    let turned = [(0, LONGEST), (1, LONGEST), (2, LONGEST), (2, LONG), (2, SHORTEST)];
    let ways = upright.into_iter().chain(turned.map(|(size, longest)| (size, true, longest)));
    for (size, is_turned, longest) in ways {
        for (at, width) in widths.iter().enumerate().skip(first) {
            // On an upright page nothing is turned or made smaller, as long as another page would do.
            if at + 1 < widths.len() && (size, is_turned) != (0, false) {
                continue;
            }
            let needs = words.needs(size, is_turned, longest);
            // Smaller letters are better than columns in which long texts have a word on each line.
            let room = if at > 0 && size < 2 && !is_turned { width * 85 / 100 } else { *width };
            if needs.iter().sum::<usize>() <= room {
                let whole = WHOLE.iter().map(|longest| words.needs(size, is_turned, *longest));
                let whole = whole.into_iter().find(|needs| needs.iter().sum::<usize>() <= *width);
                let widths = shared(table, &whole.unwrap_or(needs), *width);
                return Ok(Fit { is_landscape: at > 0, size, is_turned, widths });
            }
        }
    }
    let most = widths.iter().max().map_or(0, |width| width / (SHORTEST * LETTER[2] + PADDING));
    let name = match (label, table.head.first().and_then(|row| row.first())) {
        ("", Some(cell)) => format!("the table whose head begins with `{}`", cell.words.shown()),
        ("", None) => "a table".to_owned(),
        (label, _) => format!("{label} (`{}`)", table.caption.shown()),
    };
    Err(Unprintable {
        problem: format!("no page holds the {} columns of {name}", table.columns.len()),
        help: format!("divide it into tables of {most} columns at most"),
    })
}

/// How many letters the longest word has that stands on one line; behind a hyphen or a slash a line may end.
pub(super) fn longest_word(words: &Inline) -> usize {
    let may_end = |character: char| character.is_whitespace() || matches!(character, '-' | '/');
    words.shown().split_inclusive(may_end).map(|word| word.trim_end().width()).max().unwrap_or(0)
}

/// How wide the letters of a head are, which are bold.
pub(super) fn bold(letters: usize) -> usize {
    letters + letters / 8
}

/// The longest words in each column: of its head, and below.
struct Words {
    head: Vec<usize>,
    body: Vec<usize>,
}

impl Words {
    fn of(table: &Table) -> Words {
        use crate::document::tree::Place;
        let mut words = Words { head: vec![0; table.columns.len()], body: vec![0; table.columns.len()] };
        for (number, row) in table.grid().into_iter().enumerate() {
            let longest = if number < table.head.len() { &mut words.head } else { &mut words.body };
            for (longest, place) in longest.iter_mut().zip(row) {
                // A cell over several columns finds room in them together.
                if let Place::Cell(cell, 1) = place {
                    *longest = longest_word(&cell.words).max(*longest);
                }
            }
        }
        words
    }

    /// What each column needs.
    fn needs(&self, size: usize, is_turned: bool, longest: usize) -> Vec<usize> {
        let need = |(head, body): (&usize, &usize)| {
            let head = if is_turned && *head > TURNED { 2 } else { *head };
            let letters = bold(head).max(*body).clamp(SHORTEST, longest);
            letters * LETTER[size] + PADDING
        };
        self.head.iter().zip(&self.body).map(need).collect()
    }
}

/// The width, shared as the columns say, but so that each has what it needs.
fn shared(table: &Table, needs: &[usize], width: usize) -> Vec<usize> {
    let shares: Vec<usize> = table.columns.iter().map(|column| column.share.clamp(1, 1000)).collect();
    let all: usize = shares.iter().sum::<usize>().max(1);
    let mut widths: Vec<usize> =
        shares.iter().zip(needs).map(|(share, need)| (width * share / all).max(*need)).collect();
    // Those that have more than they need give to the others.
    let over = widths.iter().sum::<usize>().saturating_sub(width);
    let spare: usize = widths.iter().zip(needs).map(|(width, need)| width - need).sum();
    for (width, need) in widths.iter_mut().zip(needs) {
        *width -= ((*width - need) * over).div_ceil(spare.max(1)).min(*width - need);
    }
    let rest = width.saturating_sub(widths.iter().sum());
    if let Some(last) = widths.last_mut() {
        *last += rest;
    }
    widths
}

#[cfg(test)]
mod tests {
    use super::*;

    const WIDTHS: [usize; 2] = [9752, 14684];

    fn table(columns: usize, head: &str, body: &str) -> Table {
        let row = |words: &str| std::iter::repeat_n(Inline::plain(words), columns).collect::<Vec<_>>();
        Table::under(row(head), vec![row(body).into_iter().map(Into::into).collect()])
    }

    #[test]
    fn a_table_stands_where_it_fits() {
        let way = |columns, head: &str, body: &str| {
            let fit = fit(&table(columns, head, body), &WIDTHS, "Table 1").unwrap();
            assert_eq!(fit.widths.iter().sum::<usize>(), WIDTHS[usize::from(fit.is_landscape)]);
            (fit.is_landscape, fit.is_turned, fit.size)
        };
        assert_eq!(way(2, "Head", "words of a cell"), (false, false, 0));
        assert_eq!(way(8, "Requirement", "iso27001-2013"), (true, false, 0));
        assert_eq!(way(12, "Requirement", "x"), (true, false, 2));
        assert_eq!(way(27, "Requirement", "x"), (true, true, 0));
        assert_eq!(way(16, "Head", "responsible"), (true, true, 2));
        assert_eq!(way(40, "Head", "responsible"), (true, true, 2));
    }

    #[test]
    fn a_long_word_stays_whole_where_there_is_room() {
        let row = ["kurz", "Prozessbeschreibungen", "kurz", "Worte in einer Zelle, die breiter sein mag"];
        let table = Table::under(
            ["A", "B", "C", "D"].map(Inline::plain),
            vec![row.map(|cell| Inline::plain(cell).into()).into()],
        );
        let fit = fit(&table, &WIDTHS, "Table 1").unwrap();
        assert!(!fit.is_landscape && fit.widths[1] >= 21 * LETTER[0] + PADDING, "{:?}", fit.widths);
    }

    #[test]
    fn a_table_that_fits_nowhere_is_named() {
        let error = fit(&table(60, "Head", "x"), &WIDTHS, "Table 7").unwrap_err();
        assert!(error.problem.contains("60 columns of Table 7"), "{error:?}");
        assert!(error.help.contains("45 columns"), "{error:?}");
        let error = fit_here(&table(40, "First", "x"), WIDTHS[0], "").unwrap_err();
        assert!(error.problem.contains("begins with `First`"), "{error:?}");
        assert!(fit(&table(45, "Head", "responsible"), &WIDTHS, "").is_ok());
    }
}
