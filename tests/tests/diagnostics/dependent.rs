//! Faults of types with arguments, of numbers and of repetitions: all in one run, and each by itself.

use typelang_ir::codes::{
    BARE_USE, CONDITION_NOT_NAT, CONDITIONAL_CALL, DUPLICATE_ARGUMENT, DUPLICATE_DEFAULT, FLAG_BIT_RANGE,
    GROWING_ARGUMENTS, INFINITE_TYPE, KIND_MISMATCH, MISSING_ARGUMENT, SEVERAL_CALLS, UNKNOWN_RESULT, UNKNOWN_TYPE,
    UNKNOWN_TYPE_ARGUMENT, UNKNOWN_VARIABLE, UNSUPPORTED_SUM, UNUSED_ARGUMENT, WRONG_ARITY, WRONG_FINALITY,
};
use typelang_parser::codes::{INVALID_ARGUMENT_KIND, INVALID_RESULT};
use typelang_parser::{Code, Severity};

use crate::Findings;

const SCHEMA: &str = include_str!("cases/dependent.tl");
const FUNCTIONS: &str = "---functions---";

/// Code, line and column of the fault of each line.
const EXPECTED: &[(&Code, usize, usize)] = &[
    (&WRONG_ARITY, 9, 10),
    (&WRONG_ARITY, 10, 11),
    (&WRONG_ARITY, 11, 15),
    (&WRONG_ARITY, 12, 16),
    (&WRONG_ARITY, 13, 23),
    (&WRONG_ARITY, 14, 18),
    (&WRONG_ARITY, 15, 13),
    (&WRONG_ARITY, 16, 1),
    (&KIND_MISMATCH, 17, 1),
    (&KIND_MISMATCH, 18, 24),
    (&KIND_MISMATCH, 19, 28),
    (&KIND_MISMATCH, 20, 32),
    (&KIND_MISMATCH, 21, 41),
    (&KIND_MISMATCH, 22, 20),
    (&KIND_MISMATCH, 23, 24),
    (&KIND_MISMATCH, 24, 15),
    (&UNKNOWN_VARIABLE, 25, 22),
    (&UNKNOWN_VARIABLE, 26, 16),
    (&UNKNOWN_VARIABLE, 27, 20),
    (&UNKNOWN_VARIABLE, 28, 9),
    (&UNKNOWN_VARIABLE, 29, 13),
    (&UNKNOWN_VARIABLE, 30, 27),
    (&UNSUPPORTED_SUM, 31, 24),
    (&UNSUPPORTED_SUM, 32, 16),
    (&UNUSED_ARGUMENT, 33, 14),
    (&UNUSED_ARGUMENT, 34, 12),
    (&DUPLICATE_ARGUMENT, 35, 17),
    (&INVALID_RESULT, 36, 45),
    (&INVALID_RESULT, 37, 47),
    (&INFINITE_TYPE, 38, 1),
    (&INFINITE_TYPE, 39, 1),
    (&INFINITE_TYPE, 40, 1),
    (&INFINITE_TYPE, 41, 1),
    (&GROWING_ARGUMENTS, 42, 1),
    (&BARE_USE, 43, 12),
    (&BARE_USE, 44, 22),
    (&BARE_USE, 45, 24),
    (&BARE_USE, 46, 20),
    (&BARE_USE, 47, 16),
    (&DUPLICATE_DEFAULT, 48, 14),
    (&FLAG_BIT_RANGE, 49, 15),
    (&INVALID_ARGUMENT_KIND, 50, 12),
    (&CONDITION_NOT_NAT, 51, 23),
    (&MISSING_ARGUMENT, 52, 17),
    (&WRONG_FINALITY, 53, 1),
    (&WRONG_FINALITY, 54, 14),
    (&WRONG_FINALITY, 55, 13),
    (&WRONG_FINALITY, 56, 1),
    (&UNKNOWN_TYPE, 57, 1),
    (&WRONG_ARITY, 58, 1),
    (&KIND_MISMATCH, 59, 11),
    (&UNKNOWN_TYPE_ARGUMENT, 61, 22),
    (&UNKNOWN_TYPE_ARGUMENT, 62, 23),
    (&UNKNOWN_RESULT, 63, 25),
    (&UNKNOWN_RESULT, 64, 34),
    (&UNUSED_ARGUMENT, 65, 12),
    (&UNUSED_ARGUMENT, 66, 18),
    (&CONDITIONAL_CALL, 67, 33),
    (&SEVERAL_CALLS, 68, 37),
    (&UNKNOWN_VARIABLE, 69, 34),
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
