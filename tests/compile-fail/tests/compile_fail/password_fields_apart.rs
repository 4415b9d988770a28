//! No field of `account.password` on bit 2 can be set by itself, nor the bit without the fields.

use typelang_telegram::api::types::account::Password;

fn with_srp_id(password: &mut Password) {
    password.srp_id = Some(1);
}

fn with_the_bit_alone(password: &mut Password) {
    password.has_password = true;
}

fn main() {}
