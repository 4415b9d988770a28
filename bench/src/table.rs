//! Results as Markdown.

use std::fmt::Write;

use crate::measure::Measured;

/// What the times of a table are given in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Thousandths of a second.
    Milliseconds,
    /// Thousand millionths of a second.
    Nanoseconds,
}

/// A table of what was measured: times, and ratios to the first row with their quartiles.
#[must_use]
pub fn markdown(measured: &[Measured], unit: Unit) -> String {
    let (name, factor, digits) = match unit {
        Unit::Milliseconds => ("ms", 1e3, 2),
        Unit::Nanoseconds => ("ns", 1e9, 0),
    };
    let mut text = format!("| what | {name} | ratio | quartiles |\n|---|---:|---:|---:|\n");
    for row in measured {
        let time = row.time.as_secs_f64() * factor;
        let ratio = &row.ratio;
        // Writing to a string cannot fail.
        let _ = writeln!(
            text,
            "| {} | {time:.digits$} | {:.2} | {:.2}–{:.2} |",
            row.name, ratio.median, ratio.low, ratio.high
        );
    }
    text
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::measure::Spread;

    #[test]
    fn a_row_is_a_line() {
        let ratio = Spread { low: 1.25, median: 1.5, high: 2.0 };
        let row = Measured { name: "peer".to_owned(), time: Duration::from_micros(12_345), ratio };
        let table = markdown(&[row], Unit::Milliseconds);
        assert_eq!(table.lines().nth(2), Some("| peer | 12.35 | 1.50 | 1.25–2.00 |"));
    }
}
