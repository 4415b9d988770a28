//! `message` has `views` and `forwards` on bit 10.

use typelang_telegram::api::types::MessageViewsAndForwards;

fn main() {
    let _ = MessageViewsAndForwards { views: 1 };
}
