//! `account.password` has three fields on bit 2: all are there, or none.

use typelang_telegram::api::{enums::PasswordKdfAlgo, types::account::PasswordHasPassword};

fn main() {
    let _ = PasswordHasPassword { current_algo: PasswordKdfAlgo::Unknown, srp_id: 1 };
}
