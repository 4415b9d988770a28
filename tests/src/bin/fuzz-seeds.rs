//! Writes what fuzzing begins with: `fuzz-seeds FOLDER` makes `FOLDER/TARGET/*` and `FOLDER/TARGET.dict` for each target.

use std::path::Path;
use std::process::ExitCode;
use std::{env, fs, io};

use typelang_tests::fuzz::{TARGETS, dictionary, seeds};

fn main() -> ExitCode {
    let Some(folder) = env::args_os().nth(1) else {
        eprintln!("usage: fuzz-seeds FOLDER");
        return ExitCode::from(2);
    };
    match write_all(Path::new(&folder)) {
        Ok(count) => {
            println!("{count} seeds");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("error: {}: {error}", folder.display());
            ExitCode::FAILURE
        }
    }
}

fn write_all(folder: &Path) -> io::Result<usize> {
    let mut count = 0;
    for target in &TARGETS {
        let corpus = folder.join(target.name);
        fs::create_dir_all(&corpus)?;
        for (name, content) in seeds(target.name) {
            fs::write(corpus.join(name), content)?;
            count += 1;
        }
        fs::write(folder.join(format!("{}.dict", target.name)), dictionary(target.name))?;
    }
    Ok(count)
}
