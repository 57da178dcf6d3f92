//! Text in block position: paragraphs, lists, quotations and code of the author's, each written anew.
//!
//! An author's headings become paragraphs, so that the outline of a document is ours; a block of code that is never
//! closed ends with its text.

/// A block of a text.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Block {
    /// Words.
    Paragraph(String),
    /// An item of a list: how deep, `-` or `1.`, and its words.
    Item { depth: usize, mark: String, words: String },
    /// Words in a quotation.
    Quotation(String),
    /// Lines of code.
    Code(Vec<String>),
}

/// Lists nested deeper than this are written as if they were not.
const DEEPEST_LIST: usize = 6;

/// The blocks of a text.
pub(super) fn blocks(text: &str) -> Vec<Block> {
    let mut reader = Reader::default();
    let mut lines = text.split('\n');
    while let Some(line) = lines.next() {
        match fence(line) {
            Some((mark, length)) => reader.code(&mut lines, line, mark, length),
            None => reader.line(line),
        }
    }
    reader.blocks
}

#[derive(Default)]
struct Reader {
    blocks: Vec<Block>,
    /// Whether the next line goes on with the last block.
    open: bool,
    /// The indents of the list items that the next one may stand in.
    indents: Vec<usize>,
}

impl Reader {
    fn line(&mut self, line: &str) {
        let words = line.trim();
        if words.is_empty() || is_rule(words) {
            self.open = false;
        } else if let Some(heading) = heading(words) {
            self.begin(Block::Paragraph(heading.to_owned()));
            self.open = false;
        } else if let Some((mark, item)) = item(words) {
            let depth = self.depth(line.len() - line.trim_start().len());
            self.begin(Block::Item { depth, mark, words: item.to_owned() });
        } else if let Some(quoted) = words.strip_prefix('>') {
            let quoted = quoted.trim_start_matches(['>', ' ']);
            match self.blocks.last_mut() {
                Some(Block::Quotation(before)) if self.open => append(before, quoted),
                _ => self.begin(Block::Quotation(quoted.to_owned())),
            }
        } else {
            self.go_on(words);
        }
    }

    fn go_on(&mut self, words: &str) {
        match self.blocks.last_mut() {
            Some(Block::Paragraph(before) | Block::Item { words: before, .. } | Block::Quotation(before))
                if self.open =>
            {
                append(before, words);
            }
            _ => {
                self.indents.clear();
                self.begin(Block::Paragraph(words.to_owned()));
            }
        }
    }

    fn begin(&mut self, block: Block) {
        self.blocks.push(block);
        self.open = true;
    }

    fn depth(&mut self, indent: usize) -> usize {
        while self.indents.last().is_some_and(|outer| *outer >= indent) {
            self.indents.pop();
        }
        if self.indents.len() < DEEPEST_LIST {
            self.indents.push(indent);
        }
        self.indents.len() - 1
    }

    fn code<'a>(&mut self, lines: &mut impl Iterator<Item = &'a str>, opening: &str, mark: char, length: usize) {
        let indent = opening.len() - opening.trim_start().len();
        let mut code = Vec::new();
        for line in lines.by_ref() {
            let closing = line.trim();
            if closing.len() >= length && closing.chars().all(|character| character == mark) {
                break;
            }
            let cut = indent.min(line.len() - line.trim_start().len());
            code.push(line[cut..].to_owned());
        }
        self.blocks.push(Block::Code(code));
        self.open = false;
    }
}

fn append(before: &mut String, words: &str) {
    before.push('\n');
    before.push_str(words);
}

/// The mark and its number where a line opens a block of code.
fn fence(line: &str) -> Option<(char, usize)> {
    let line = line.trim_start();
    let mark = line.chars().next().filter(|mark| matches!(mark, '`' | '~'))?;
    let length = line.chars().take_while(|character| *character == mark).count();
    (length >= 3 && (mark == '~' || !line[length..].contains('`'))).then_some((mark, length))
}

/// A line across, or the underline of a heading.
fn is_rule(words: &str) -> bool {
    let mut marks = words.chars().filter(|character| *character != ' ');
    let Some(mark) = marks.next().filter(|mark| matches!(mark, '-' | '*' | '_' | '=')) else { return false };
    marks.clone().count() >= 2 && marks.all(|character| character == mark)
}

fn heading(words: &str) -> Option<&str> {
    let level = words.bytes().take_while(|byte| *byte == b'#').count();
    let rest = words[level..].strip_prefix(' ')?;
    (1..=6).contains(&level).then_some(rest.trim_end_matches('#').trim())
}

/// The mark and the words of a list item.
fn item(words: &str) -> Option<(String, &str)> {
    if let Some(rest) = words.strip_prefix(['-', '*', '+']) {
        return rest.strip_prefix(' ').map(|rest| ("-".to_owned(), rest.trim()));
    }
    let digits = words.bytes().take_while(u8::is_ascii_digit).count();
    let rest = words[digits..].strip_prefix(['.', ')'])?.strip_prefix(' ')?;
    (1..=9).contains(&digits).then(|| (format!("{}.", &words[..digits]), rest.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_of_a_text() {
        let text = "One\ntwo\n\n# Three #\n- a\n  b\n  - c\n1) d\n\n> e\n> f\n---\n```rust\ng\n  h";
        let item =
            |depth, mark: &str, words: &str| Block::Item { depth, mark: mark.to_owned(), words: words.to_owned() };
        assert_eq!(
            blocks(text),
            [
                Block::Paragraph("One\ntwo".to_owned()),
                Block::Paragraph("Three".to_owned()),
                item(0, "-", "a\nb"),
                item(1, "-", "c"),
                item(0, "1.", "d"),
                Block::Quotation("e\nf".to_owned()),
                Block::Code(vec!["g".to_owned(), "  h".to_owned()]),
            ]
        );
    }
}
