//! Faults of types with arguments, of numbers and of repetitions: all in one run, and each by itself.

use typelang_parser::Severity;

use crate::Findings;

const SCHEMA: &str = include_str!("cases/dependent.tl");
const FUNCTIONS: &str = "---functions---";

/// Code, line and column of the fault of each line.
const EXPECTED: &[(&str, usize, usize)] = &[
    ("wrong-arity", 9, 10),
    ("wrong-arity", 10, 11),
    ("wrong-arity", 11, 15),
    ("wrong-arity", 12, 16),
    ("wrong-arity", 13, 23),
    ("wrong-arity", 14, 18),
    ("wrong-arity", 15, 13),
    ("wrong-arity", 16, 1),
    ("kind-mismatch", 17, 1),
    ("kind-mismatch", 18, 24),
    ("kind-mismatch", 19, 28),
    ("kind-mismatch", 20, 32),
    ("kind-mismatch", 21, 41),
    ("kind-mismatch", 22, 20),
    ("kind-mismatch", 23, 24),
    ("kind-mismatch", 24, 15),
    ("unknown-variable", 25, 22),
    ("unknown-variable", 26, 16),
    ("unknown-variable", 27, 20),
    ("unknown-variable", 28, 9),
    ("unknown-variable", 29, 13),
    ("unknown-variable", 30, 27),
    ("unsupported-sum", 31, 24),
    ("unsupported-sum", 32, 16),
    ("unused-argument", 33, 14),
    ("unused-argument", 34, 12),
    ("duplicate-argument", 35, 17),
    ("invalid-result", 36, 45),
    ("invalid-result", 37, 47),
    ("infinite-type", 38, 1),
    ("infinite-type", 39, 1),
    ("infinite-type", 40, 1),
    ("infinite-type", 41, 1),
    ("growing-arguments", 42, 1),
    ("bare-use", 43, 12),
    ("bare-use", 44, 22),
    ("bare-use", 45, 24),
    ("bare-use", 46, 13),
    ("bare-use", 47, 16),
    ("duplicate-default", 48, 14),
    ("flag-bit-range", 49, 15),
    ("invalid-argument-kind", 50, 12),
    ("condition-not-nat", 51, 23),
    ("unknown-type-argument", 52, 26),
    ("wrong-finality", 53, 1),
    ("wrong-finality", 54, 14),
    ("wrong-finality", 55, 13),
    ("wrong-finality", 56, 1),
    ("unknown-type", 57, 1),
    ("wrong-arity", 58, 1),
    ("kind-mismatch", 59, 11),
    ("unknown-type-argument", 61, 22),
    ("unknown-type-argument", 62, 23),
    ("unknown-result", 63, 25),
    ("unknown-result", 64, 34),
    ("unused-argument", 65, 12),
    ("unused-argument", 66, 18),
    ("conditional-call", 67, 33),
    ("several-calls", 68, 37),
    ("unknown-variable", 69, 34),
];

#[test]
fn every_fault_is_found_in_one_run() {
    let findings = Findings::of_case("dependent");
    assert_eq!(findings.places(), EXPECTED);
    assert!(findings.diagnostics.iter().all(|diagnostic| diagnostic.severity == Severity::Error));
}

#[test]
fn every_fault_is_found_by_itself() {
    let (before, after) = SCHEMA.split_once("\n\n").expect("a blank line between what is right and what is wrong");
    let first_line = before.lines().count() + 2;
    let lines: Vec<(usize, &str)> = (first_line..).zip(after.lines()).collect();
    let functions = lines.iter().position(|(_, line)| *line == FUNCTIONS).expect("a header");
    assert_eq!(EXPECTED.len() + 1, lines.len(), "one fault a line");
    for (position, &(number, line)) in lines.iter().enumerate().filter(|(position, _)| *position != functions) {
        let header = if position > functions { FUNCTIONS } else { "" };
        let text = format!("{before}\n{header}\n{line}\n");
        let found: Vec<_> = Findings::of_texts(&[("alone.tl", &text)])
            .places()
            .into_iter()
            .map(|(code, _, column)| (code, column))
            .collect();
        let expected: Vec<_> =
            EXPECTED.iter().filter(|it| it.1 == number).map(|&(code, _, column)| (code, column)).collect();
        assert_eq!(found, expected, "{line}");
    }
}

#[test]
fn what_is_right_before_the_faults_has_none() {
    let (before, _) = SCHEMA.split_once("\n\n").expect("a blank line");
    assert_eq!(Findings::of_texts(&[("right.tl", before)]).places(), []);
}
