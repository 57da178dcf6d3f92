//! Numbers, dates, times and truths of spreadsheets as text, and what may have been typed where they stand.

use super::table::Eaten;

/// A number as it is shown without a format of its own: up to 15 digits.
pub(super) fn general(value: f64) -> String {
    if value.fract() == 0.0 && value.abs() < 1e15 {
        return format!("{value:.0}");
    }
    let rounded: f64 = format!("{value:.14e}").parse().unwrap_or(value);
    rounded.to_string()
}

/// A number: its text, and what is to be known of it where it is an id. `shown` is what the program shows of it.
pub(super) fn number(value: f64, shown: Option<String>) -> (String, Eaten) {
    let plain = general(value);
    let holds = format!("the number {plain} here");
    if let Some(shown) = shown.filter(|shown| *shown != plain && !shown.trim().is_empty()) {
        let holds = format!("{holds}, and shows “{shown}”");
        return (shown, Eaten { holds, readings: Vec::new(), is_sure: false });
    }
    let decimals = plain.split_once('.').map_or(0, |(_, decimals)| decimals.len());
    let readings = if decimals == 1 { vec![plain.clone(), format!("{plain}0")] } else { Vec::new() };
    let is_sure = readings.is_empty();
    (plain, Eaten { holds, readings, is_sure })
}

/// A day since 1899-12-30 with its time: its text, and what may have been typed.
pub(super) fn moment(serial: f64, has_date: bool) -> (String, Eaten) {
    let day = serial.floor();
    let seconds = ((serial - day) * 86_400.0).round().clamp(0.0, 86_399.0) as u32;
    let time = match (seconds / 3600, seconds / 60 % 60, seconds % 60) {
        (hours, minutes, 0) => format!("{hours}:{minutes:02}"),
        (hours, minutes, seconds) => format!("{hours}:{minutes:02}:{seconds:02}"),
    };
    if !has_date || !(0.0..3_000_000.0).contains(&serial) {
        return (time.clone(), Eaten { holds: format!("the time {time} here"), readings: vec![time], is_sure: false });
    }
    let (year, month, day) = civil(day as i64 - 25_569);
    let words = match seconds {
        0 => format!("{year:04}-{month:02}-{day:02}"),
        _ => format!("{year:04}-{month:02}-{day:02} {time}"),
    };
    let readings = typed(year, month, day);
    (words.clone(), Eaten { holds: format!("the date {words} here"), readings, is_sure: false })
}

/// A date in the form of ISO 8601, as some programs store it.
pub(super) fn iso(words: &str) -> (String, Eaten) {
    let words = words.trim().trim_end_matches("T00:00:00").replace('T', " ");
    let mut parts = words.split([' ', '-']).map(|part| part.parse::<i64>().ok());
    let readings = match (parts.next().flatten(), parts.next().flatten(), parts.next().flatten()) {
        (Some(year), Some(month), Some(day)) => typed(year, month, day),
        _ => Vec::new(),
    };
    let holds = format!("the date {words} here");
    (words, Eaten { holds, readings, is_sure: false })
}

/// What may have been typed where a date stands.
fn typed(year: i64, month: i64, day: i64) -> Vec<String> {
    let mut readings = Vec::new();
    if (2000..2100).contains(&year) {
        let short = year - 2000;
        readings.extend([
            format!("{day}.{month}.{short}"),
            format!("{month}.{day}.{short}"),
            format!("{short}.{month}.{day}"),
        ]);
    }
    for mark in ['.', '-', '/'] {
        readings.extend([format!("{day}{mark}{month}"), format!("{month}{mark}{day}")]);
    }
    readings.dedup();
    readings
}

/// A truth: its text.
pub(super) fn truth(value: bool) -> (String, Eaten) {
    let words = if value { "TRUE" } else { "FALSE" };
    (words.to_owned(), Eaten { holds: format!("the truth value {words} here"), readings: Vec::new(), is_sure: false })
}

/// Year, month and day of a day since 1970-01-01.
fn civil(days: i64) -> (i64, i64, i64) {
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let of_era = days.rem_euclid(146_097);
    let year = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month + 2) / 5 + 1;
    let month = if month < 10 { month + 3 } else { month - 9 };
    (year + era * 400 + i64::from(month <= 2), month, day)
}

/// What a number format shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Shown {
    /// A date, with or without a time.
    Date,
    /// A time alone.
    Time,
    /// Literals and digits that stand at places of their own.
    Digits(Vec<Sign>),
    /// A number as so many of a hundred.
    Percent,
    /// Anything else.
    Other,
}

/// A sign of a number format.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sign {
    /// A sign that is shown as it is.
    As(char),
    /// A digit.
    Digit,
    /// The mark before the decimals.
    Point,
}

/// What a number format shows, by its first section.
pub(super) fn format(code: &str) -> Shown {
    if code.eq_ignore_ascii_case("general") || code == "@" {
        return Shown::Other;
    }
    let (mut signs, mut letters, mut is_plain, mut is_percent) = (Vec::new(), String::new(), true, false);
    let mut characters = code.chars();
    while let Some(character) = characters.next() {
        match character {
            ';' => break,
            '"' => signs.extend(characters.by_ref().take_while(|character| *character != '"').map(Sign::As)),
            '\\' => signs.extend(characters.next().map(Sign::As)),
            '[' => {
                let inner: String = characters.by_ref().take_while(|character| *character != ']').collect();
                if inner.chars().all(|character| "hmsHMS".contains(character)) {
                    letters.push('h');
                }
                is_plain = false;
            }
            '0' => signs.push(Sign::Digit),
            '.' => signs.push(Sign::Point),
            '%' => is_percent = true,
            '-' | ' ' => signs.push(Sign::As(character)),
            other => {
                letters.extend(other.to_lowercase().filter(char::is_ascii_alphabetic));
                is_plain = false;
            }
        }
    }
    let has = |wanted: &str| letters.chars().any(|letter| wanted.contains(letter));
    let is_word = letters.contains("general") || letters.contains('e') && !has("dmyh");
    match () {
        () if is_percent => Shown::Percent,
        () if !is_word && (has("dy") || has("m") && !has("hs")) => Shown::Date,
        () if !is_word && has("hs") => Shown::Time,
        () if is_plain && signs.contains(&Sign::Digit) => Shown::Digits(signs),
        () => Shown::Other,
    }
}

/// A number in a format of digits.
pub(super) fn in_digits(signs: &[Sign], value: f64) -> Option<String> {
    if !(0.0..1e15).contains(&value) || signs.iter().filter(|sign| **sign == Sign::Point).count() > 1 {
        return None;
    }
    let point = signs.iter().position(|sign| *sign == Sign::Point).unwrap_or(signs.len());
    let (before, behind) = signs.split_at(point);
    let decimals = behind.iter().filter(|sign| **sign == Sign::Digit).count().min(15);
    let text = format!("{value:.decimals$}");
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    let mut digits = whole.chars().rev();
    let mut left: Vec<char> = Vec::new();
    let first = before.iter().position(|sign| *sign == Sign::Digit)?;
    for (at, sign) in before.iter().enumerate().rev() {
        match sign {
            Sign::As(character) => left.push(*character),
            Sign::Digit if at == first => {
                left.extend(Some(digits.next().unwrap_or('0')).into_iter().chain(digits.by_ref()))
            }
            Sign::Digit => left.push(digits.next().unwrap_or('0')),
            Sign::Point => {}
        }
    }
    let mut fraction = fraction.chars();
    let right = behind.iter().filter_map(|sign| match sign {
        Sign::As(character) => Some(*character),
        Sign::Digit => fraction.next(),
        Sign::Point => Some('.'),
    });
    let right: String = right.collect();
    Some(left.into_iter().rev().chain(right.chars()).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_shown_as_their_formats_show_them() {
        let shown = |code: &str, value: f64| match format(code) {
            Shown::Digits(signs) => in_digits(&signs, value).unwrap_or_default(),
            other => format!("{other:?}"),
        };
        for (code, value, words) in [
            ("0.00", 5.1, "5.10"),
            ("\"A.\"0.00", 5.1, "A.5.10"),
            ("0\".\"00", 510.0, "5.10"),
            ("000", 7.0, "007"),
            ("0", 12.0, "12"),
            ("General", 5.1, "Other"),
            ("#,##0.00", 5.1, "Other"),
            ("0%", 0.5, "Percent"),
            ("0.0 %", 0.5, "Percent"),
            ("0.00E+00", 1e5, "Other"),
            ("yyyy\\-mm\\-dd", 1.0, "Date"),
            ("mmm-yy", 1.0, "Date"),
            ("h:mm AM/PM", 0.5, "Time"),
            ("[h]:mm", 0.5, "Time"),
            ("m/d/yy h:mm", 0.5, "Date"),
            ("[$-407]d. mmmm yyyy", 0.5, "Date"),
        ] {
            assert_eq!(shown(code, value), words, "{code}");
        }
        assert_eq!(general(5.1), "5.1");
        assert_eq!(general(0.1 + 0.2), "0.3");
        assert_eq!(general(100_000.0), "100000");
    }

    #[test]
    fn dates_may_have_been_ids() {
        let (words, eaten) = moment(37_262.0, true);
        assert_eq!(words, "2002-01-06");
        assert_eq!(eaten.readings[0], "6.1.2");
        assert_eq!(moment(0.215_277_777_777_777_8, false).0, "5:10");
        assert_eq!(moment(46_024.5, true).0, "2026-01-02 12:00");
        assert_eq!(number(5.1, None).1.readings, ["5.1", "5.10"]);
        assert_eq!(number(5.11, None).1.readings, [""; 0]);
        assert_eq!(number(5.1, Some("5.10".to_owned())).0, "5.10");
    }
}
