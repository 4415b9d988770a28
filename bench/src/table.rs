//! Results as Markdown.

use std::fmt::Write;

use crate::measure::{Measured, Spread};

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
    let Some(first) = measured.first() else { return text };
    for row in measured {
        let time = row.median() * factor;
        let Spread { median, low, high } = row.ratio_to(first);
        // Writing to a string cannot fail.
        let _ = writeln!(text, "| {} | {time:.digits$} | {median:.2} | {low:.2}–{high:.2} |", row.name);
    }
    text
}

/// A column of a [`comparison`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its head, with the unit.
    pub name: &'static str,
    /// How many digits are shown behind the point.
    pub digits: usize,
}

/// A row of a [`comparison`].
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// What was measured.
    pub name: String,
    /// A line for each round, and in it a figure for each column.
    pub rounds: Vec<Vec<f64>>,
}

/// A table of several figures for each row: medians over all rounds, and behind each the median of its ratio to the first row
/// within each round.
#[must_use]
pub fn comparison(columns: &[Column], rows: &[Row]) -> String {
    let mut text = "| what |".to_owned();
    columns.iter().for_each(|column| text += &format!(" {} | ratio |", column.name));
    text += "\n|---|";
    columns.iter().for_each(|_| text += "---:|---:|");
    text.push('\n');
    for row in rows {
        text += &format!("| {} |", row.name);
        for (position, column) in columns.iter().enumerate() {
            let own = figures(row, position);
            let ratio = rows.first().map(|first| Spread::of_ratios(&own, &figures(first, position)).median);
            let digits = column.digits;
            text += &format!(" {:.digits$} | {:.2} |", Spread::of(own).median, ratio.unwrap_or_default());
        }
        text.push('\n');
    }
    text
}

/// The figures of one column, in the order of the rounds.
fn figures(row: &Row, column: usize) -> Vec<f64> {
    row.rounds.iter().filter_map(|round| round.get(column).copied()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_is_a_line() {
        let rows = [
            Measured { name: "ours".to_owned(), times: vec![0.01, 0.02, 0.04] },
            Measured { name: "peer".to_owned(), times: vec![0.02, 0.03, 0.05] },
        ];
        let table = markdown(&rows, Unit::Milliseconds);
        assert_eq!(table.lines().nth(2), Some("| ours | 20.00 | 1.00 | 1.00–1.00 |"));
        assert_eq!(table.lines().nth(3), Some("| peer | 30.00 | 1.50 | 1.25–1.50 |"));
    }

    #[test]
    fn ratios_are_those_within_each_round() {
        let columns = [Column { name: "CPU s", digits: 1 }, Column { name: "lines", digits: 0 }];
        let rows = [
            Row { name: "peer".to_owned(), rounds: vec![vec![1.0, 7.0], vec![10.0, 7.0], vec![2.0, 7.0]] },
            Row { name: "ours".to_owned(), rounds: vec![vec![0.5, 14.0], vec![4.0, 14.0], vec![2.0, 14.0]] },
        ];
        let table = comparison(&columns, &rows);
        assert_eq!(
            table,
            "| what | CPU s | ratio | lines | ratio |\n|---|---:|---:|---:|---:|\n\
             | peer | 2.0 | 1.00 | 7 | 1.00 |\n| ours | 2.0 | 0.50 | 14 | 2.00 |\n"
        );
    }
}
