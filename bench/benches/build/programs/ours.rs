use typelang_telegram::api::{enums, functions, types};
use typelang_telegram::{Decode, Encode};

fn main() {
    let bytes: Vec<u8> = std::env::args().nth(1).map(String::into_bytes).unwrap_or_default();
    println!("{:?}", enums::Updates::from_bytes(&bytes));
    let send = functions::messages::SendEncrypted {
        silent: false,
        peer: types::InputEncryptedChat { chat_id: 1, access_hash: 2 },
        random_id: 3,
        data: bytes,
    };
    let history = functions::messages::GetHistory {
        peer: enums::InputPeer::Self_,
        offset_id: 0,
        offset_date: 0,
        add_offset: 0,
        limit: 100,
        max_id: 0,
        min_id: 0,
        hash: 0,
    };
    println!("{:?} {:?} {:?}", send.to_bytes(), history.to_bytes(), functions::updates::GetState.to_bytes());
}
