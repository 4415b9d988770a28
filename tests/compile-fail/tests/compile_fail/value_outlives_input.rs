//! A value that borrows cannot outlive the bytes that it was decoded from.

use typelang_telegram::borrowed::functions::help::GetSupportName;
use typelang_telegram::borrowed::types::help::SupportName;
use typelang_telegram::{Decode, DecodeError, FunctionBorrowed};

fn decoded() -> Result<&'static str, DecodeError> {
    let answer = vec![0x69, 0x5f, 0x0c, 0x8c, 0x00, 0x00, 0x00, 0x00];
    let value = SupportName::from_bytes(&answer)?;
    Ok(value.name)
}

fn result(receive: impl FnOnce() -> Vec<u8>) -> Result<SupportName<'static>, DecodeError> {
    GetSupportName.read_borrowed(&receive())
}

fn main() {
    let _ = decoded();
    let _ = result(Vec::new);
}
