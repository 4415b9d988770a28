//! `flags` is computed from the fields that it decides on.

use typelang_telegram::api::functions::messages::SendEncrypted;

fn with_flags(request: &mut SendEncrypted) {
    request.flags = 1;
}

fn main() {}
