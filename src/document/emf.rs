//! Drawings as enhanced metafiles ([MS-EMF]): lines and words that every word processor shows and prints sharp, without a
//! font file or a picture of dots.

use super::drawing::{Anchor, Color, Drawing, Pen, Point, Shape, advance, head};

/// The bytes of the metafile.
pub fn emf(drawing: &Drawing) -> Vec<u8> {
    let mut file = Metafile::default();
    let size = (units(drawing.width).max(1), units(drawing.height).max(1));
    file.record(SET_MAP_MODE, &[ANISOTROPIC]);
    file.record(SET_WINDOW_ORIGIN, &[0, 0]);
    file.record(SET_WINDOW_EXTENT, &[size.0, size.1]);
    file.record(SET_VIEWPORT_ORIGIN, &[0, 0]);
    file.record(SET_VIEWPORT_EXTENT, &[size.0, size.1]);
    file.record(SET_BACKGROUND_MODE, &[TRANSPARENT]);
    drawing.shapes.iter().for_each(|shape| file.shape(shape));
    file.record(END, &[0, 0, 20]);
    file.with_header(size)
}

// The records of [MS-EMF] 2.3 that are needed, and the values in them.
const HEADER: u32 = 1;
const POLYGON: u32 = 3;
const POLYLINE: u32 = 4;
const SET_WINDOW_EXTENT: u32 = 9;
const SET_WINDOW_ORIGIN: u32 = 10;
const SET_VIEWPORT_EXTENT: u32 = 11;
const SET_VIEWPORT_ORIGIN: u32 = 12;
const END: u32 = 14;
const SET_MAP_MODE: u32 = 17;
const SET_BACKGROUND_MODE: u32 = 18;
const SET_TEXT_ALIGN: u32 = 22;
const SET_TEXT_COLOR: u32 = 24;
const SELECT: u32 = 37;
const CREATE_PEN: u32 = 38;
const CREATE_BRUSH: u32 = 39;
const DELETE: u32 = 40;
const RECTANGLE: u32 = 43;
const CREATE_FONT: u32 = 82;
const TEXT: u32 = 84;
const ANISOTROPIC: i32 = 8;
const TRANSPARENT: i32 = 1;
const NO_BRUSH: u32 = 0x8000_0005;
const NO_PEN: u32 = 0x8000_0008;
const BASELINE: i32 = 24;

/// The size of the header, in bytes.
const HEADER_SIZE: u32 = 108;
/// A pixel of CSS in hundredths of a millimetre.
const UNITS: f64 = 2540.0 / 96.0;
/// The longest drawing, in hundredths of a millimetre: ten metres.
const LONGEST: f64 = 1_000_000.0;

/// A length in hundredths of a millimetre.
fn units(pixels: f64) -> i32 {
    // What is no number is zero.
    (pixels * UNITS).round().clamp(-LONGEST, LONGEST) as i32
}

fn place((x, y): Point) -> [i32; 2] {
    [units(x), units(y)]
}

fn colour([red, green, blue]: Color) -> i32 {
    i32::from_le_bytes([red, green, blue, 0])
}

#[derive(Default)]
struct Metafile {
    bytes: Vec<u8>,
    records: u32,
}

impl Metafile {
    fn record(&mut self, kind: u32, values: &[i32]) {
        let body: Vec<u8> = values.iter().flat_map(|value| value.to_le_bytes()).collect();
        self.raw(kind, &body);
    }

    fn raw(&mut self, kind: u32, body: &[u8]) {
        let size = u32::try_from(body.len() + 8).unwrap_or(u32::MAX);
        self.bytes.extend(kind.to_le_bytes());
        self.bytes.extend(size.to_le_bytes());
        self.bytes.extend(body);
        self.records += 1;
    }

    fn select(&mut self, object: u32) {
        self.raw(SELECT, &object.to_le_bytes());
    }

    /// Makes an object, draws with it, and takes it away again: there is never more than one, whose number is 1.
    fn with(&mut self, kind: u32, values: &[i32], draw: impl FnOnce(&mut Metafile)) {
        let numbered: Vec<i32> = std::iter::once(1).chain(values.iter().copied()).collect();
        self.record(kind, &numbered);
        self.select(1);
        draw(self);
        self.select(if kind == CREATE_PEN { NO_PEN } else { NO_BRUSH });
        self.record(DELETE, &[1]);
    }

    fn shape(&mut self, shape: &Shape) {
        match shape {
            Shape::Rectangle { from, to, fill, line } => {
                let corners = [place(*from), place(*to)].concat();
                if let Some(color) = fill {
                    self.select(NO_PEN);
                    self.with(CREATE_BRUSH, &[0, colour(*color), 0], |file| file.record(RECTANGLE, &corners));
                }
                if let Some(pen) = line {
                    self.select(NO_BRUSH);
                    self.pen(*pen, |file| file.record(RECTANGLE, &corners));
                }
            }
            Shape::Lines { points, pen, is_arrow } => {
                self.pen(*pen, |file| file.points(POLYLINE, points));
                if let ([.., before, last], true) = (points.as_slice(), is_arrow) {
                    self.select(NO_PEN);
                    let head = head(*before, *last, pen.width);
                    self.with(CREATE_BRUSH, &[0, colour(pen.color), 0], |file| file.points(POLYGON, &head));
                }
            }
            Shape::Text { at, anchor, words, size, is_bold, color } => {
                self.text(*at, *anchor, words, *size, *is_bold, *color);
            }
        }
    }

    fn pen(&mut self, pen: Pen, draw: impl FnOnce(&mut Metafile)) {
        let style = i32::from(pen.is_dashed);
        self.with(CREATE_PEN, &[style, units(pen.width).max(1), 0, colour(pen.color)], draw);
    }

    fn points(&mut self, kind: u32, points: &[Point]) {
        let mut values = vec![0, 0, -1, -1, i32::try_from(points.len()).unwrap_or(i32::MAX)];
        values.extend(points.iter().flat_map(|point| place(*point)));
        self.record(kind, &values);
    }

    fn text(&mut self, at: Point, anchor: Anchor, words: &str, size: f64, is_bold: bool, color: Color) {
        let align = match anchor {
            Anchor::Start => 0,
            Anchor::End => 2,
            Anchor::Middle => 6,
        };
        self.record(SET_TEXT_ALIGN, &[BASELINE | align]);
        self.record(SET_TEXT_COLOR, &[colour(color)]);
        let mut font = 1_u32.to_le_bytes().to_vec();
        let weight = if is_bold { 700 } else { 400 };
        font.extend([-units(size), 0, 0, 0, weight, 0, 0].into_iter().flat_map(i32::to_le_bytes));
        font.extend("Arial".encode_utf16().flat_map(u16::to_le_bytes));
        // The rest of the name, and the fields behind it, of which none is needed.
        font.resize(4 + 320, 0);
        self.raw(CREATE_FONT, &font);
        self.select(1);
        self.words(at, words, size);
        self.record(DELETE, &[1]);
    }

    fn words(&mut self, at: Point, words: &str, size: f64) {
        let text: Vec<u16> = words.encode_utf16().collect();
        // Each unit of a letter of two has half of its width.
        let spaces = words.chars().flat_map(|character| {
            let parts = character.len_utf16();
            std::iter::repeat_n(units(advance(character) * size / parts as f64), parts)
        });
        let spaces: Vec<i32> = spaces.collect();
        let length = u32::try_from(text.len()).unwrap_or(u32::MAX);
        let text: Vec<u8> = text.into_iter().flat_map(u16::to_le_bytes).collect();
        let padded = text.len().next_multiple_of(4);
        let mut body: Vec<u8> = [0, 0, -1, -1, 2].into_iter().flat_map(i32::to_le_bytes).collect();
        body.extend([0; 8]);
        body.extend(place(at).into_iter().flat_map(i32::to_le_bytes));
        body.extend([length, 76, 0].into_iter().flat_map(u32::to_le_bytes));
        body.extend([0, 0, -1, -1].into_iter().flat_map(i32::to_le_bytes));
        body.extend(u32::try_from(76 + padded).unwrap_or(u32::MAX).to_le_bytes());
        body.extend(&text);
        body.resize(68 + padded, 0);
        body.extend(spaces.into_iter().flat_map(i32::to_le_bytes));
        self.raw(TEXT, &body);
    }

    fn with_header(self, (width, height): (i32, i32)) -> Vec<u8> {
        let all = u32::try_from(self.bytes.len()).unwrap_or(u32::MAX).saturating_add(HEADER_SIZE);
        let mut file: Vec<u8> = [HEADER, HEADER_SIZE].into_iter().flat_map(u32::to_le_bytes).collect();
        file.extend([0, 0, width, height, 0, 0, width, height].into_iter().flat_map(i32::to_le_bytes));
        file.extend(b" EMF");
        file.extend([0x1_0000, all, self.records + 1].into_iter().flat_map(u32::to_le_bytes));
        // Numbers 0 and 1 of objects.
        file.extend(2_u16.to_le_bytes());
        file.extend([0; 14]);
        // A device whose dots are hundredths of a millimetre: in dots, in millimetres.
        file.extend([21_000, 29_700, 210, 297].into_iter().flat_map(u32::to_le_bytes));
        file.extend([0; 12]);
        file.extend([210_000, 297_000].into_iter().flat_map(u32::to_le_bytes));
        file.extend(self.bytes);
        file
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::drawing::width_of;

    fn records(bytes: &[u8]) -> Vec<(u32, &[u8])> {
        let (mut records, mut rest) = (Vec::new(), bytes);
        while let [a, b, c, d, e, f, g, h, ..] = rest {
            let size = u32::from_le_bytes([*e, *f, *g, *h]) as usize;
            records.push((u32::from_le_bytes([*a, *b, *c, *d]), &rest[8..size]));
            rest = &rest[size..];
        }
        assert!(rest.is_empty());
        records
    }

    #[test]
    fn records_are_whole_and_say_what_is_drawn() {
        let pen = Pen::new(1.0, [1, 2, 3]);
        let drawing = Drawing {
            width: 96.0,
            height: 48.0,
            shapes: vec![
                Shape::Rectangle { from: (0.0, 0.0), to: (96.0, 48.0), fill: Some([9, 9, 9]), line: Some(pen) },
                Shape::Lines { points: vec![(0.0, 0.0), (10.0, 0.0)], pen: pen.dashed(), is_arrow: true },
                Shape::Text {
                    at: (5.0, f64::NAN),
                    anchor: Anchor::Middle,
                    words: "Añ連\u{1f600}".to_owned(),
                    size: 10.0,
                    is_bold: true,
                    color: [0; 3],
                },
            ],
        };
        let bytes = emf(&drawing);
        let records = records(&bytes);
        let header: Vec<i32> =
            records[0].1.chunks_exact(4).map(|word| i32::from_le_bytes(word.try_into().unwrap())).collect();
        assert_eq!(header[..8], [0, 0, 2540, 1270, 0, 0, 2540, 1270]);
        assert_eq!(&bytes[40..44], b" EMF");
        assert_eq!(header[10..12], [bytes.len() as i32, records.len() as i32]);
        let count = |kind| records.iter().filter(|record| record.0 == kind).count();
        assert_eq!([RECTANGLE, POLYLINE, POLYGON, TEXT, END].map(count), [2, 1, 1, 1, 1]);
        assert_eq!(records.last().unwrap().0, END);
        assert_eq!(records.iter().find(|record| record.0 == CREATE_FONT).unwrap().1.len(), 324);
        let text = records.iter().find(|record| record.0 == TEXT).unwrap().1;
        // Five units of UTF-16, padded to twelve bytes, and a width for each of them.
        assert_eq!(text.len(), 68 + 12 + 5 * 4);
        let words: Vec<u16> = text[68..78].chunks_exact(2).map(|unit| u16::from_le_bytes([unit[0], unit[1]])).collect();
        assert_eq!(String::from_utf16(&words).unwrap(), "Añ連\u{1f600}");
        assert!(bytes.len().is_multiple_of(4));
    }

    #[test]
    fn the_head_of_an_arrow_points_at_its_end() {
        assert_eq!(head((0.0, 0.0), (10.0, 0.0), 0.0), [(10.0, 0.0), (6.0, 2.0), (6.0, -2.0)]);
        assert!(head((1.0, 1.0), (1.0, 1.0), 1.0).iter().all(|point| point.0.is_finite()));
        assert!((width_of("AB") - 1.334).abs() < 1e-9);
    }
}
