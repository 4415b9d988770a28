//! Tests that need something from outside of the repository: schemas and encodings of others, in `../shared`, or a browser.
//! Each is ignored where it is missing, with the reason.

mod borrowed;
mod browser;
#[path = "../../../tl-parser/tests/support/damage.rs"]
mod damage;
mod diff;
mod fixtures;
mod formatter;
mod history;
mod ids;
mod lint;
mod pages;
mod parser;
mod probes;
mod resolve;
mod samples;
mod vectors;

use std::process::ExitCode;

use typelang_tests::trials;

fn main() -> ExitCode {
    let all = [
        borrowed::trials(),
        browser::trials(),
        diff::trials(),
        fixtures::trials(),
        formatter::trials(),
        history::trials(),
        ids::trials(),
        lint::trials(),
        pages::trials(),
        parser::trials(),
        probes::trials(),
        resolve::trials(),
        samples::trials(),
        vectors::trials(),
    ];
    trials::run(all.into_iter().flatten())
}
