//! Drawings: boxes, lines and words at places. What is drawn is drawn once; each form of a document takes it as it can show it.

/// A drawing: what it shows, in an order in which what comes later lies above.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Drawing {
    /// Its width, in pixels of CSS (96 of them are an inch).
    pub width: f64,
    /// Its height, in the same.
    pub height: f64,
    /// What it shows.
    pub shapes: Vec<Shape>,
}

/// A colour: red, green, blue.
pub type Color = [u8; 3];

/// A place: pixels from the left, and from the top.
pub type Point = (f64, f64);

/// A shape of a drawing.
#[derive(Clone, Debug, PartialEq)]
pub enum Shape {
    /// A box from its upper left corner to its lower right one.
    Rectangle {
        /// The upper left corner.
        from: Point,
        /// The lower right corner.
        to: Point,
        /// What it is filled with.
        fill: Option<Color>,
        /// The line around it.
        line: Option<Pen>,
    },
    /// Lines from point to point.
    Lines {
        /// The points, at least two.
        points: Vec<Point>,
        /// How they are drawn.
        pen: Pen,
        /// Whether there is the head of an arrow at the last point.
        is_arrow: bool,
    },
    /// Words on one line.
    Text {
        /// Where they stand: on the line that letters stand on.
        at: Point,
        /// Which part of them stands there.
        anchor: Anchor,
        /// The words.
        words: String,
        /// The height of the font.
        size: f64,
        /// Whether they are bold.
        is_bold: bool,
        /// Their colour.
        color: Color,
    },
}

/// How a line is drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pen {
    /// How wide it is.
    pub width: f64,
    /// Its colour.
    pub color: Color,
    /// Whether it is dashed.
    pub(super) is_dashed: bool,
}

impl Pen {
    /// A line of a width.
    pub fn new(width: f64, color: Color) -> Pen {
        Pen { width, color, is_dashed: false }
    }

    /// Itself, in dashes.
    #[must_use]
    pub fn dashed(self) -> Pen {
        Pen { is_dashed: true, ..self }
    }
}

/// Which part of words stands at their place.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Anchor {
    /// Their beginning.
    #[default]
    Start,
    /// Their middle.
    Middle,
    /// Their end.
    End,
}

/// The width of words in a font without serifs, in heights of the font.
pub fn width_of(words: &str) -> f64 {
    words.chars().map(advance).sum()
}

/// The widths of the characters of ASCII from the space on in a font such as Arial, in thousandths of its height.
const WIDTHS: [u16; 95] = [
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556,
    556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833,
    722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556,
    556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334,
    260, 334, 584,
];

pub(super) fn advance(character: char) -> f64 {
    let width = u32::from(character).checked_sub(32).and_then(|at| WIDTHS.get(at as usize));
    let wide = unicode_width::UnicodeWidthChar::width(character).unwrap_or(0);
    f64::from(width.copied().unwrap_or([0, 556, 1000][wide.min(2)])) / 1000.0
}

/// Words on lines of a width; one that is longer than a line, as texts without blanks are, is broken anywhere.
pub fn lines_of(words: &str, width: f64, size: f64) -> Vec<String> {
    let fits = |line: &str| width_of(line) * size <= width;
    let mut lines: Vec<String> = Vec::new();
    for word in words.split_whitespace() {
        match lines.last_mut() {
            Some(line) if fits(&format!("{line} {word}")) => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.extend(broken(word, fits)),
        }
    }
    lines
}

/// A word on as many lines as it takes.
fn broken(word: &str, fits: impl Fn(&str) -> bool) -> Vec<String> {
    let mut lines = vec![String::new()];
    for character in word.chars() {
        let more = lines.last().map(|line| format!("{line}{character}")).unwrap_or_default();
        match lines.last_mut().filter(|line| line.is_empty() || fits(&more)) {
            Some(line) => *line = more,
            None => lines.push(character.to_string()),
        }
    }
    lines
}

/// The head of an arrow.
pub(super) fn head(before: Point, last: Point, width: f64) -> [Point; 3] {
    let (dx, dy) = (last.0 - before.0, last.1 - before.1);
    let length = dx.hypot(dy).max(f64::MIN_POSITIVE);
    let (dx, dy) = (dx / length, dy / length);
    let (long, wide) = (4.0 + 3.0 * width, 2.0 + 1.5 * width);
    let foot = (last.0 - dx * long, last.1 - dy * long);
    [last, (foot.0 - dy * wide, foot.1 + dx * wide), (foot.0 + dy * wide, foot.1 - dx * wide)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_without_blanks_stay_on_their_lines_and_none_is_lost() {
        for words in
            ["信息安全管理体系的过程参考模型与评估", "Donaudampfschifffahrtsgesellschaft", "a bb ccc", "مرجع العمليات"]
        {
            let lines = lines_of(words, 60.0, 11.0);
            assert!(lines.iter().all(|line| width_of(line) * 11.0 <= 60.0), "{lines:?}");
            assert_eq!(lines.concat().replace(' ', ""), words.replace(' ', ""));
        }
        assert_eq!(lines_of("wide", 0.0, 11.0), ["w", "i", "d", "e"]);
    }

    #[test]
    fn a_drawing_is_well_formed_whatever_it_says() {
        let words = "<&\"\u{202e}\u{0}".to_owned();
        let text = Shape::Text { at: (1.0, 2.0), anchor: Anchor::End, words, size: 11.0, is_bold: true, color: [0; 3] };
        let svg = Drawing { width: 10.0, height: 5.0, shapes: vec![text] }.svg("x");
        assert!(svg.contains("text-anchor=\"end\" font-weight=\"bold\" fill=\"#000000\">&lt;&amp;"), "{svg}");
        assert!(!svg.contains(['\u{202e}', '\u{0}']));
    }
}
