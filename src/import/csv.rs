//! Comma-separated values: any separator that spreadsheets write, any encoding that can be told.

use super::rows;
use super::table::{Cell, Size, Table, Tables, column};
use super::{File, Options, Reading, Refused};

/// Bytes of a field, lines of a field, columns of a row, rows of a file: what is more is no table of an author's.
const FIELD: usize = 1 << 20;
const FIELD_LINES: usize = 200;
const COLUMNS: usize = 4096;
const ROWS: usize = 10_000_000;

/// Reads a file of separated values.
pub(super) fn read(file: &File<'_>, options: &Options) -> Result<Reading, Refused> {
    Ok(Reading::of(rows::read(vec![table(file, options)?], &options.mapping)))
}

/// Its one table, as of a file that may have several.
pub(super) fn tables(file: &File<'_>, options: &Options) -> Result<Tables, Refused> {
    Ok(Tables { tables: vec![table(file, options)?], ..Tables::default() })
}

/// The table of a file.
///
/// # Errors
/// Where it is no such file, or too large, or holds nothing.
pub(super) fn table(file: &File<'_>, options: &Options) -> Result<Table, Refused> {
    let (text, remark) = decoded(file.bytes, options.encoding.as_deref())?;
    let (text, said) = said_separator(&text);
    let separator = said.unwrap_or_else(|| separator(text));
    // The line of `sep=` is counted as well.
    let skipped = usize::from(said.is_some());
    if let Some(line) = open_quote(text, separator) {
        return Err(Refused::new(
            format!("line {}: a quote is opened there, and not closed", line + skipped),
            "close the quote, or write two quotes for one that is meant",
        ));
    }
    let mut size = Size::default();
    let mut table = Table { name: file.name.to_owned(), ..Table::default() };
    table.remarks.extend(remark);
    let mut reader =
        csv::ReaderBuilder::new().flexible(true).has_headers(false).delimiter(separator).from_reader(text.as_bytes());
    let (mut line, mut at) = (1 + skipped, 0_usize);
    let mut record = csv::StringRecord::new();
    loop {
        let is_row = reader
            .read_record(&mut record)
            .map_err(|error| Refused::new(format!("it cannot be read: {error}"), "save it again as CSV in UTF-8"))?;
        if !is_row {
            break;
        }
        // The position that the reader tells is wrong behind lines that end in CRLF: line ends are counted here.
        let start = record.position().map_or(at, |position| usize::try_from(position.byte()).unwrap_or(at));
        line += text.as_bytes().get(at..start).map_or(0, |bytes| memchr::memchr_iter(b'\n', bytes).count());
        at = start;
        if record.len() > COLUMNS || table.rows.len() >= ROWS {
            return Err(Refused::new(
                format!("line {line}: more than {COLUMNS} columns, or more than {ROWS} rows"),
                "split it into several files",
            ));
        }
        // A line break that begins the record belongs to the one before.
        let breaks = text[at..].bytes().take_while(|byte| matches!(byte, b'\n' | b'\r'));
        let first = line + breaks.clone().filter(|byte| *byte == b'\n').count();
        let is_blank = |row: &Vec<Cell>| row.iter().all(Cell::is_blank);
        if breaks.count() > usize::from(text[..at].ends_with('\r')) || table.rows.last().is_some_and(is_blank) {
            table.gaps.push(table.rows.len());
        }
        size.row(record.len())?;
        let mut cells = Vec::with_capacity(record.len());
        for (number, field) in record.iter().enumerate() {
            if field.len() > FIELD || memchr::memchr_iter(b'\n', field.as_bytes()).count() > FIELD_LINES {
                return Err(Refused::new(
                    format!("line {first}: a field of {} bytes: a quote is opened there, and not closed", field.len()),
                    "close the quote, or write two quotes for one that is meant",
                ));
            }
            if field.trim().is_empty() {
                cells.push(Cell::default());
                continue;
            }
            size.cell()?;
            cells.push(Cell::new(field, options.within(file, &format!("line {first}, column {}", column(number)))));
        }
        table.rows.push(cells);
    }
    if table.rows.iter().flatten().all(Cell::is_blank) {
        return Err(Refused::new("it has no rows".to_owned(), "look whether it is the right file"));
    }
    Ok(table)
}

/// The text of a file, and what there is to tell of its encoding.
fn decoded(bytes: &[u8], asked: Option<&str>) -> Result<(String, Option<String>), Refused> {
    if let Some((_, signs)) = CODE_PAGES.iter().find(|(names, _)| asked.is_some_and(|asked| is_named(names, asked))) {
        let signs: Vec<char> = signs.chars().collect();
        let sign = |byte: &u8| match byte.checked_sub(0x80) {
            Some(high) => signs.get(usize::from(high)).copied().unwrap_or(char::REPLACEMENT_CHARACTER),
            None => char::from(*byte),
        };
        return Ok((bytes.iter().map(sign).collect(), None));
    }
    if let Some(asked) = asked {
        let encoding = encoding_rs::Encoding::for_label(asked.as_bytes()).ok_or_else(|| {
            Refused::new(
                format!("there is no encoding `{asked}`"),
                "take one as in `utf-8`, `windows-1252`, `utf-16le`, `cp850`, `macintosh`",
            )
        })?;
        let (text, _, has_errors) = encoding.decode(bytes);
        return match has_errors {
            true => Err(Refused::new(format!("it is not in {}", encoding.name()), "name another with `--encoding`")),
            false => Ok((text.into_owned(), None)),
        };
    }
    if let Some((encoding, _)) = encoding_rs::Encoding::for_bom(bytes) {
        let (text, _, has_errors) = encoding.decode(bytes);
        if has_errors {
            return Err(Refused::new(
                format!("it begins as {}, and is not all of it", encoding.name()),
                "save it again as CSV in UTF-8",
            ));
        }
        return Ok((text.into_owned(), None));
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return match text.contains('\0') {
            true => Err(which()),
            false => Ok((text.to_owned(), None)),
        };
    }
    if memchr::memchr(0, bytes).is_some() {
        return Err(which());
    }
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let encoding = detector.guess(None, chardetng::Utf8Detection::Deny);
    let (text, _, has_errors) = encoding.decode(bytes);
    // What was no text of this encoding shows control characters, or signs within words that no language has there.
    let is_strange = |word: &str| {
        word.chars().count() > 1
            && word.chars().any(|character| ('\u{80}'..='\u{9f}').contains(&character) || "†‡ˆ‰‹›§".contains(character))
    };
    // Texts in several bytes a sign are guessed of nearly anything: those have to be named.
    if has_errors
        || !encoding.is_single_byte()
        || text
            .split_whitespace()
            .any(|word| is_strange(word.trim_matches(|character: char| !character.is_alphanumeric())))
    {
        return Err(which());
    }
    let changed = text.split_whitespace().find(|word| !word.is_ascii()).unwrap_or_default();
    let remark = format!(
        "it is no UTF-8, and was taken for {}, as in “{changed}”; if that is wrong, name another with `--encoding`",
        encoding.name()
    );
    Ok((text.into_owned(), Some(remark)))
}

/// Encodings of DOS, by their names: the signs of the upper half.
const CODE_PAGES: [(&[&str], &str); 2] = [
    (
        &["cp850", "ibm850", "850"],
        "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u{ad}±‗¾¶§÷¸°¨·¹³²■\u{a0}",
    ),
    (
        &["cp437", "ibm437", "437"],
        "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u{a0}",
    ),
];

fn is_named(names: &[&str], asked: &str) -> bool {
    names.iter().any(|name| name.eq_ignore_ascii_case(asked.trim()))
}

/// The line of a quote that is opened and never closed.
fn open_quote(text: &str, separator: u8) -> Option<usize> {
    let (mut line, mut opened, mut is_begin) = (1_usize, None, true);
    let mut bytes = text.bytes().peekable();
    while let Some(byte) = bytes.next() {
        line += usize::from(byte == b'\n');
        match (byte, opened) {
            (b'"', Some(_)) if bytes.peek() == Some(&b'"') => drop(bytes.next()),
            (b'"', Some(_)) => opened = None,
            (b'"', None) if is_begin => opened = Some(line),
            _ => {}
        }
        is_begin = opened.is_none() && (byte == separator || matches!(byte, b'\n' | b'\r'));
    }
    opened
}

fn which() -> Refused {
    Refused::new(
        "its encoding cannot be told".to_owned(),
        "name it, as in `--encoding utf-16le`, `cp850` or `macintosh`; or save it again as CSV in UTF-8",
    )
}

/// The text without the line in which some programs say what separates fields, and what that says.
fn said_separator(text: &str) -> (&str, Option<u8>) {
    let Some(rest) = text.strip_prefix("sep=") else { return (text, None) };
    let separator = rest.bytes().next().filter(|byte| matches!(byte, b',' | b';' | b'\t' | b'|'));
    match (separator, rest.find('\n')) {
        (Some(separator), Some(end)) => (&rest[end + 1..], Some(separator)),
        _ => (text, None),
    }
}

/// What separates fields: the sign that the first lines have most evenly, outside of quotes.
fn separator(text: &str) -> u8 {
    let lines: Vec<&str> = text.lines().filter(|line| !line.trim().is_empty()).take(20).collect();
    let count = |line: &str, separator: u8| {
        let mut is_quoted = false;
        line.bytes()
            .filter(|byte| {
                if *byte == b'"' {
                    is_quoted = !is_quoted;
                }
                *byte == separator && !is_quoted
            })
            .count()
    };
    let even = |separator: u8| {
        let counts: Vec<usize> = lines.iter().map(|line| count(line, separator)).collect();
        let first = counts.first().copied().unwrap_or_default();
        (counts.iter().filter(|count| **count == first && first > 0).count(), first)
    };
    [b'\t', b';', b',', b'|']
        .into_iter()
        .max_by_key(|separator| even(*separator))
        .filter(|separator| even(*separator).0 > 0)
        .unwrap_or(b',')
}
