//! Messages that other software wrote, read by the module of the API whose values borrow and by the one that owns them.

use std::fs;

use typelang::Decode;
use typelang_tests::borrowed::agree;
use typelang_tests::shared;
use typelang_tests::trials::{Trial, needing};
use typelang_tests_layer::borrowed::functions as borrowed_functions;
use typelang_tests_layer::{api, borrowed};

pub(crate) fn trials() -> Vec<Trial> {
    type Slice = api::enums::messages::Messages;
    type Updates = api::enums::Updates;
    vec![
        same("messagesSlice_100m_30u_10c", |bytes| {
            agree::<Slice, borrowed::enums::messages::Messages<'_>>(bytes, "messagesSlice")
        }),
        same("updates_50", |bytes| agree::<Updates, borrowed::enums::Updates<'_>>(bytes, "updates")),
        same("sendEncrypted_1024", |bytes| {
            type Owned = api::functions::messages::SendEncrypted;
            type Borrowed<'a> = borrowed_functions::messages::SendEncrypted<'a>;
            let request = Borrowed::from_bytes(bytes).expect("a call");
            assert_eq!(request.data.len(), 1024);
            assert!(bytes.as_ptr_range().contains(&request.data.as_ptr()));
            agree::<Owned, Borrowed<'_>>(bytes, "sendEncrypted")
        }),
    ]
}

/// Both modules read the message of a fixture, and agree.
fn same(name: &str, both_read: fn(&[u8]) -> bool) -> Trial {
    let file = shared::find(&format!("vectors/fixtures/{name}.bin"));
    needing(format!("borrowed::{name}"), file, move |file| assert!(both_read(&fs::read(file).expect("readable"))))
}
