//! The figures that documents draw themselves, for forms that hold pictures: the processes by group, and how the standards
//! that the model uses relate. They are grey, so that they print.

use super::naming::{framework_title, named, named_catalog};
use super::order;
use super::page::{FIGURES, Page};
use crate::document::drawing::{Anchor, Color, Drawing, Pen, Point, Shape, lines_of};
use crate::document::{Block, Document, Figure, Inline, Key};
use crate::model::{CatalogId, Name, Text};

/// How wide a drawing is: as wide as the text of an upright page.
const WIDTH: f64 = 620.0;
/// Of more processes no drawing can be read on a page; the table has them all.
const MOST: usize = 80;
const PADDING: f64 = 10.0;
const COLUMNS: usize = 4;
const SIZE: f64 = 11.0;
const LINE: f64 = 14.0;

const WHITE: Color = [255; 3];
const PANEL: Color = [238; 3];
const BORDER: Color = [110; 3];
const BLACK: Color = [0; 3];

/// The figure of the processes, behind a sentence that refers to it; none where the document holds no drawings.
pub fn push_processes(page: &Page<'_>, document: &mut Document) {
    let words = page.words;
    push(page, document, processes, ("processes", words.told_processes_figure, words.processes_figure));
}

/// The same of the standards.
pub fn push_standards(page: &Page<'_>, document: &mut Document) {
    let words = page.words;
    push(page, document, standards, ("standards", words.told_standards_figure, words.standards_figure));
}

/// The file is named by the model as well: documents of several models may stand in one folder.
fn push(
    page: &Page<'_>,
    document: &mut Document,
    draw: fn(&Page<'_>) -> Option<Drawing>,
    (what, told, caption): (&str, &str, &str),
) {
    let Some(drawing) = page.telling.drawings.then(|| draw(page)).flatten() else { return };
    let key = Key(format!("figure {what}").into());
    let sentence = Inline::filled(page.words.told, &[&Inline::link(&key, ""), &Inline::plain(told)]);
    document.paragraph(sentence);
    document.blocks.push(Block::Figure(Figure {
        key: Some(key),
        file: format!("{FIGURES}/{}-{what}.svg", page.name(page.head.id)),
        picture: None,
        drawing: Some(drawing),
        alternative: caption.to_owned(),
        caption: Inline::plain(caption),
    }));
}

/// A box with words in it, the first line of which may be bold.
struct Card {
    head: Vec<String>,
    lines: Vec<String>,
}

impl Card {
    fn new(head: &str, words: &str, width: f64) -> Card {
        // Words in bold are somewhat wider.
        let [head, lines] =
            [(head, 1.08), (words, 1.0)].map(|(words, scale)| lines_of(words, width - 2.0 * PADDING, SIZE * scale));
        Card { head, lines }
    }

    fn height(&self) -> f64 {
        (self.head.len() + self.lines.len()) as f64 * LINE + 1.2 * PADDING
    }

    fn draw(&self, shapes: &mut Vec<Shape>, (x, y): Point, (width, height): (f64, f64), fill: Color) {
        let line = Some(Pen::new(1.0, BORDER));
        shapes.push(Shape::Rectangle { from: (x, y), to: (x + width, y + height), fill: Some(fill), line });
        let bold = self.head.iter().map(|words| (words, true));
        for (number, (words, is_bold)) in bold.chain(self.lines.iter().map(|words| (words, false))).enumerate() {
            let at = (x + PADDING, y + PADDING * 0.4 + LINE * (number + 1) as f64);
            shapes.push(text(at, Anchor::Start, words, is_bold));
        }
    }
}

fn text(at: Point, anchor: Anchor, words: &str, is_bold: bool) -> Shape {
    Shape::Text { at, anchor, words: words.to_owned(), size: SIZE, is_bold, color: BLACK }
}

fn finished(height: f64, shapes: Vec<Shape>) -> Drawing {
    let ground = Shape::Rectangle { from: (0.0, 0.0), to: (WIDTH, height), fill: Some(WHITE), line: None };
    Drawing { width: WIDTH, height, shapes: std::iter::once(ground).chain(shapes).collect() }
}

/// The processes, group by group, in the order of the document.
fn processes(page: &Page<'_>) -> Option<Drawing> {
    let processes = order::processes(&page.input);
    if !(2..=MOST).contains(&processes.len()) {
        return None;
    }
    let groups = order::groups(&page.input).into_iter().map(|group| Some(group.id)).chain([None]);
    let known = |group: Option<Name>| group.filter(|group| page.model().group(*group).is_some());
    let (mut shapes, mut y) = (Vec::new(), 0.0);
    for group in groups {
        let own = processes.iter().filter(|process| known(process.group) == group);
        let width = (WIDTH - 2.0 * PADDING - (COLUMNS - 1) as f64 * PADDING) / COLUMNS as f64;
        let card = |id: Name, title| Card::new(page.name(id), page.text(title).shown(), width);
        let cards: Vec<Card> = own.map(|process| card(process.id, process.title)).collect();
        if cards.is_empty() {
            continue;
        }
        let title = group
            .and_then(|group| page.model().group(group))
            .map(|group| page.titled(page.name(group.id), group.title));
        let title = title.map(|title| lines_of(title.shown(), WIDTH - 2.0 * PADDING, SIZE * 1.08)).unwrap_or_default();
        let (at, mut panel) = (shapes.len(), Vec::new());
        let mut below = y + PADDING + title.len() as f64 * LINE;
        for (number, words) in title.iter().enumerate() {
            panel.push(text((PADDING, y + PADDING * 0.4 + LINE * (number + 1) as f64), Anchor::Start, words, true));
        }
        for row in cards.chunks(COLUMNS) {
            let height = row.iter().map(Card::height).fold(0.0, f64::max);
            for (column, card) in row.iter().enumerate() {
                let x = PADDING + column as f64 * (width + PADDING);
                card.draw(&mut panel, (x, below), (width, height), WHITE);
            }
            below += height + PADDING;
        }
        let line = Some(Pen::new(1.0, BORDER));
        shapes.insert(at, Shape::Rectangle { from: (0.5, y + 0.5), to: (WIDTH - 0.5, below), fill: Some(PANEL), line });
        shapes.extend(panel);
        y = below + PADDING;
    }
    Some(finished(y - PADDING + 1.0, shapes))
}

/// The model beside what it extends, covers, is measured by and conforms to.
fn standards(page: &Page<'_>) -> Option<Drawing> {
    let related = related(page);
    if related.is_empty() {
        return None;
    }
    let side = 210.0;
    let cards: Vec<(String, Card)> =
        related.into_iter().map(|(verb, head, title)| (verb, Card::new(&head, &title, side))).collect();
    let height = cards.iter().map(|(_, card)| card.height() + PADDING).sum::<f64>() - PADDING;
    let edition = page.head.edition.map(|edition| Inline::filled(page.words.edition_lower, &[&page.text(edition)]));
    let own = Card::new(page.text(page.head.title).shown(), edition.unwrap_or_default().shown(), side);
    let height = height.max(own.height());
    let mut shapes = Vec::new();
    own.draw(&mut shapes, (0.5, 0.5), (side, height), PANEL);
    let mut y = 0.5;
    for (verb, card) in cards {
        let (middle, x) = (y + card.height() / 2.0, WIDTH - side - 0.5);
        shapes.push(Shape::Lines {
            points: vec![(side + 0.5, middle), (x, middle)],
            pen: Pen::new(1.2, BORDER),
            is_arrow: true,
        });
        shapes.push(text(((side + x) / 2.0, middle - 4.0), Anchor::Middle, &verb, false));
        card.draw(&mut shapes, (x, y), (side, card.height()), WHITE);
        y += card.height() + PADDING;
    }
    Some(finished(height + 1.0, shapes))
}

/// What the model stands on and answers: how, its title, and what it follows, in the words in which documents name it.
fn related(page: &Page<'_>) -> Vec<(String, String, String)> {
    let (program, words) = (page.input.program, page.words);
    let row = |verb: &str, title: Text, named: Inline| {
        let title = page.text(title).shown().to_owned();
        let rest =
            named.shown().strip_prefix(&title).unwrap_or(named.shown()).trim_start_matches([',', ' ']).to_owned();
        (verb.to_owned(), title, rest)
    };
    let catalog = |verb: &str, id: CatalogId| row(verb, program.catalog(id).title, named_catalog(page, id));
    let mut related: Vec<_> =
        page.bases().map(|(base, _)| row(words.drawn_extends, base.title, named(page, base))).collect();
    related.extend(page.input.coverage.catalogs.iter().map(|covered| catalog(words.drawn_covers, covered.catalog)));
    if let Some((framework, _)) = page.head.measured_by {
        related.push(row(words.drawn_measured, program.framework(framework).title, framework_title(page)));
    }
    let spoken = page.head.conforms.iter().map(|row| program.requirement(row.requirement).catalog);
    let mut spoken: Vec<CatalogId> = spoken.filter(|id| program.catalog(*id).for_models).collect();
    spoken.sort_unstable();
    spoken.dedup();
    related.extend(spoken.into_iter().map(|id| catalog(words.drawn_conforms, id)));
    related
}
