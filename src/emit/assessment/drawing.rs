//! The profile as a drawing for those who decide: ratings by letter and shade, levels beside targets.
//!
//! Nothing is told by colour alone: a rating has its letter, what is open a dashed border, a target a bar across, what is
//! missing an arrow, and each level its numbers in words at the end of its row.

use super::View;
use crate::document::drawing::{Anchor, Color, Drawing, Pen, Point, Shape, width_of};
use crate::document::words::fill;
use crate::measure::{Profile, Rank};
use crate::model::AttributeAt;

const INK: Color = [26, 32, 44];
const PALE: Color = [203, 211, 222];
const GREY: Color = [95, 107, 122];
const BAR: Color = [43, 92, 158];
const GAP: Color = [180, 89, 12];
const PAPER: Color = [255, 255, 255];
/// The shades of the scale: of its lowest and of its highest rating.
const LIGHT: Color = [240, 244, 250];
const DARK: Color = [23, 66, 120];

const MARGIN: f64 = 10.0;
/// The width of the names of processes, and of the end of a row in words.
const NAMES: f64 = 190.0;
const ENDS: f64 = 64.0;
/// The least width of an attribute, and of a level; levels share what is left of a page.
const CELL: f64 = 30.0;
const LEVEL: f64 = 34.0;
const PAGE: f64 = 620.0;
const SPACE: f64 = 18.0;
const SIZE: f64 = 10.0;
const LINE: f64 = 12.5;
/// The heights of the head and of the key, and what all rows of one drawing may take together.
const HEAD: f64 = 26.0;
const KEY: f64 = 22.0;
const HIGHEST: f64 = 640.0;

/// The drawings, as many as it takes so that each fits a page.
pub fn drawings(view: &View<'_>) -> Vec<Drawn> {
    let frame = Frame::of(view);
    let mut drawn: Vec<Drawn> = Vec::new();
    let mut page: Vec<Row<'_>> = Vec::new();
    for profile in view.wholes() {
        let row = Row::of(view, profile);
        if !page.is_empty() && page.iter().map(|row| row.height).sum::<f64>() + row.height > HIGHEST {
            drawn.push(frame.draw(&std::mem::take(&mut page)));
        }
        page.push(row);
    }
    if !page.is_empty() {
        drawn.push(frame.draw(&page));
    }
    drawn
}

/// A drawing, and what one reads who does not see it.
pub struct Drawn {
    /// The drawing.
    pub drawing: Drawing,
    /// The same in words.
    pub told: String,
}

/// A process, with the lines of its name.
struct Row<'a> {
    profile: &'a Profile,
    name: Vec<String>,
    height: f64,
}

impl<'a> Row<'a> {
    fn of(view: &View<'_>, profile: &'a Profile) -> Row<'a> {
        let name = wrapped(view.process(profile.process).shown(), NAMES / SIZE);
        #[allow(clippy::cast_precision_loss)] // Lines of a name are few.
        let height = (name.len() as f64 * LINE + 9.0).max(24.0);
        Row { profile, name, height }
    }
}

/// Words in lines that are no wider than so many heights of the font.
fn wrapped(words: &str, widest: f64) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in words.split_whitespace() {
        let line = lines.last().map_or("", String::as_str);
        let longer = if line.is_empty() { word.to_owned() } else { format!("{line} {word}") };
        if line.is_empty() || width_of(&longer) <= widest {
            lines.pop();
            lines.push(longer);
        } else {
            lines.push(word.to_owned());
        }
    }
    lines
}

/// What all rows share.
struct Frame<'v, 'a> {
    view: &'v View<'a>,
    attributes: Vec<AttributeAt>,
    /// The width of an attribute.
    cell: f64,
    /// The width of a level.
    level: f64,
    /// The highest level that is wanted.
    highest: u32,
}

impl<'v, 'a> Frame<'v, 'a> {
    fn of(view: &'v View<'a>) -> Frame<'v, 'a> {
        let attributes = view.columns();
        let widths = attributes.iter().map(|at| width_of(view.attribute(*at)) * 8.5 + 6.0);
        let cell = widths.fold(CELL, f64::max);
        let highest = view.measured.profiles.iter().map(|profile| profile.target).max().unwrap_or_default();
        let mut frame = Frame { view, attributes, cell, level: 0.0, highest };
        let left = PAGE - frame.width();
        frame.level = (left / f64::from(highest.max(1))).clamp(LEVEL, 2.0 * LEVEL);
        frame
    }

    #[allow(clippy::cast_precision_loss)] // Attributes are few.
    fn bars(&self) -> f64 {
        MARGIN + NAMES + self.attributes.len() as f64 * self.cell + SPACE
    }

    /// Where a level ends.
    fn level(&self, number: u32) -> f64 {
        self.bars() + f64::from(number) * self.level
    }

    fn draw(&self, rows: &[Row<'_>]) -> Drawn {
        let mut shapes = Vec::new();
        let bottom = MARGIN + HEAD + rows.iter().map(|row| row.height).sum::<f64>();
        self.head(bottom, &mut shapes);
        let mut y = MARGIN + HEAD;
        for row in rows {
            self.row(row, y, &mut shapes);
            y += row.height;
        }
        let height = self.key(bottom + 20.0, &mut shapes);
        let width = self.width();
        let told = rows.iter().map(|row| {
            let name = row.name.join(" ");
            fill(
                self.view.words().profile_told,
                &[&name, &self.view.level(row.profile), &row.profile.target.to_string()],
            )
        });
        Drawn { told: told.collect::<Vec<_>>().join(" "), drawing: Drawing { width, height, shapes } }
    }

    fn width(&self) -> f64 {
        self.level(self.highest) + 8.0 + ENDS + MARGIN
    }

    /// The names of attributes, and the lines of the levels with their numbers.
    fn head(&self, bottom: f64, shapes: &mut Vec<Shape>) {
        let (words, top) = (self.view.words(), MARGIN + HEAD);
        shapes.push(text((MARGIN, top - 8.0), Anchor::Start, words.process, SIZE, INK, true));
        let mut x = MARGIN + NAMES;
        for at in &self.attributes {
            shapes.push(text(
                (x + self.cell / 2.0, top - 8.0),
                Anchor::Middle,
                self.view.attribute(*at),
                8.5,
                INK,
                true,
            ));
            x += self.cell;
        }
        for number in 0..=self.highest {
            let x = self.level(number);
            shapes.push(text((x, top - 8.0), Anchor::Middle, &number.to_string(), SIZE, INK, true));
            shapes.push(line((x, top - 4.0), (x, bottom), Pen::new(0.8, PALE)));
        }
        let x = self.level(self.highest) + 12.0;
        shapes.push(text((x, top - 8.0), Anchor::Start, words.level_head, SIZE, INK, true));
    }

    fn row(&self, row: &Row<'_>, y: f64, shapes: &mut Vec<Shape>) {
        shapes.push(line((MARGIN, y), (self.width() - MARGIN, y), Pen::new(0.6, PALE)));
        let mut baseline = y + 15.0;
        for words in &row.name {
            shapes.push(text((MARGIN, baseline), Anchor::Start, words, SIZE, INK, false));
            baseline += LINE;
        }
        let mut x = MARGIN + NAMES;
        let middle = y + row.height / 2.0;
        for at in &self.attributes {
            self.cell(row.profile, *at, (x, middle), shapes);
            x += self.cell;
        }
        self.bar(row.profile, middle, shapes);
    }

    /// The rating of an attribute; nothing of one that is not looked at.
    fn cell(&self, profile: &Profile, at: AttributeAt, (x, middle): Point, shapes: &mut Vec<Shape>) {
        let Some(result) = profile.result(at) else { return };
        let (from, to) = ((x + 1.5, middle - 9.0), (x + self.cell - 1.5, middle + 9.0));
        let rank = result.interval.only().filter(|_| result.is_rated);
        let (words, ink) = match rank {
            Some(rank) => {
                let fill = self.shade(rank);
                shapes.push(Shape::Rectangle { from, to, fill: Some(fill), line: Some(Pen::new(0.8, GREY)) });
                (self.view.rank(rank), on(fill))
            }
            None => {
                shapes.push(Shape::Rectangle { from, to, fill: Some(PAPER), line: Some(Pen::new(0.8, GREY).dashed()) });
                let [low, high] = [result.interval.low, result.interval.high].map(|rank| self.view.rank(rank));
                (if result.is_rated { format!("{low}–{high}") } else { "?".to_owned() }, INK)
            }
        };
        let size = (SIZE * (self.cell - 5.0) / (width_of(&words) * SIZE).max(1.0)).min(SIZE);
        shapes.push(text((x + self.cell / 2.0, middle + 3.5), Anchor::Middle, &words, size, ink, true));
    }

    /// The level that is reached, what may be, what is wanted, and what is missing.
    fn bar(&self, profile: &Profile, middle: f64, shapes: &mut Vec<Shape>) {
        let (low, high) = profile.level;
        let (top, bottom) = (middle - 6.0, middle + 6.0);
        let bar = |from: u32, to: u32, fill: Option<Color>, line: Option<Pen>| Shape::Rectangle {
            from: (self.level(from), top),
            to: (self.level(to), bottom),
            fill,
            line,
        };
        if high > low {
            shapes.push(bar(low, high, Some(PAPER), Some(Pen::new(1.2, BAR).dashed())));
        }
        if low > 0 {
            shapes.push(bar(0, low, Some(BAR), None));
        }
        if high < profile.target {
            let points = vec![(self.level(high) + 2.0, middle), (self.level(profile.target) - 3.0, middle)];
            shapes.push(Shape::Lines { points, pen: Pen::new(1.6, GAP).dashed(), is_arrow: true });
        }
        let x = self.level(profile.target);
        shapes.push(line((x, middle - 10.0), (x, middle + 10.0), Pen::new(3.0, INK)));
        let told = fill(self.view.words().level_of, &[&self.view.level(profile), &profile.target.to_string()]);
        shapes.push(text((self.level(self.highest) + 12.0, middle + 3.5), Anchor::Start, &told, SIZE, INK, true));
    }

    /// What shades and signs mean; where the drawing ends.
    fn key(&self, y: f64, shapes: &mut Vec<Shape>) -> f64 {
        let (view, words) = (self.view, self.view.words());
        let mut pen = Keys { x: MARGIN, y, right: self.width() - MARGIN };
        let scale = view.measured.scale.open();
        for rank in (scale.low.0..=scale.high.0).rev().map(Rank) {
            let rating = view.measured.scale.rating(rank).and_then(|at| view.framework.rating(at));
            let title = view.page.text_if(rating.map(|rating| rating.title));
            let (letter, shade) = (view.rank(rank), self.shade(rank));
            let at = pen.next(title.shown());
            let (from, to) = ((at.0, at.1 - 10.0), (at.0 + 22.0, at.1 + 4.0));
            shapes.push(Shape::Rectangle { from, to, fill: Some(shade), line: Some(Pen::new(0.8, GREY)) });
            shapes.push(text((at.0 + 11.0, at.1), Anchor::Middle, &letter, 9.0, on(shade), true));
            shapes.push(text((at.0 + 28.0, at.1), Anchor::Start, title.shown(), SIZE, INK, false));
        }
        pen.line();
        let signs: [(&str, Sign); 4] = [
            (words.key_reached, |(x, y)| Shape::Rectangle {
                from: (x, y - 9.0),
                to: (x + 22.0, y + 2.0),
                fill: Some(BAR),
                line: None,
            }),
            (words.key_open, |(x, y)| {
                let line = Some(Pen::new(1.2, BAR).dashed());
                Shape::Rectangle { from: (x, y - 9.0), to: (x + 22.0, y + 2.0), fill: Some(PAPER), line }
            }),
            (words.key_missing, |(x, y)| {
                let points = vec![(x, y - 3.5), (x + 22.0, y - 3.5)];
                Shape::Lines { points, pen: Pen::new(1.6, GAP).dashed(), is_arrow: true }
            }),
            (words.key_target, |(x, y)| line((x + 11.0, y - 11.0), (x + 11.0, y + 5.0), Pen::new(3.0, INK))),
        ];
        for (told, sign) in signs {
            let at = pen.next(told);
            shapes.push(sign(at));
            shapes.push(text((at.0 + 28.0, at.1), Anchor::Start, told, SIZE, INK, false));
        }
        pen.y + KEY
    }

    /// The shade of a rating: the higher, the darker.
    fn shade(&self, rank: Rank) -> Color {
        shade(rank, self.view.measured.scale.open().high)
    }
}

/// The shade of a rating on a scale that ends with another.
pub fn shade(rank: Rank, highest: Rank) -> Color {
    let part = f64::from(rank.0) / f64::from(highest.0.max(1));
    let mut shade = LIGHT;
    for (light, dark) in shade.iter_mut().zip(DARK) {
        let mixed = f64::from(*light) + (f64::from(dark) - f64::from(*light)) * part;
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // It lies between two bytes.
        let mixed = mixed.round() as u8;
        *light = mixed;
    }
    shade
}

/// What is readable on a shade.
pub fn on(shade: Color) -> Color {
    let light: u32 = shade.iter().map(|part| u32::from(*part)).sum();
    if light < 3 * 140 { PAPER } else { INK }
}

/// Draws a sign of the key at a place.
type Sign = fn(Point) -> Shape;

/// Where the next sign of the key stands.
struct Keys {
    x: f64,
    y: f64,
    right: f64,
}

impl Keys {
    fn next(&mut self, told: &str) -> Point {
        let width = 28.0 + width_of(told) * SIZE + 16.0;
        if self.x + width > self.right && self.x > MARGIN {
            self.line();
        }
        let at = (self.x, self.y);
        self.x += width;
        at
    }

    fn line(&mut self) {
        self.x = MARGIN;
        self.y += KEY;
    }
}

fn text(at: Point, anchor: Anchor, words: &str, size: f64, color: Color, is_bold: bool) -> Shape {
    Shape::Text { at, anchor, words: words.to_owned(), size, is_bold, color }
}

fn line(from: Point, to: Point, pen: Pen) -> Shape {
    Shape::Lines { points: vec![from, to], pen, is_arrow: false }
}
