//! Fields that share a bit: one `Option` for all of them, and a method for each.

use typelang_telegram::api::{enums, types};
use typelang_telegram::{Decode, Encode, ReadOptions};

/// A message with little else.
fn message(views_and_forwards: Option<types::MessageViewsAndForwards>) -> types::Message {
    types::Message {
        out: true,
        mentioned: false,
        media_unread: false,
        silent: false,
        post: false,
        from_scheduled: false,
        legacy: false,
        edit_hide: false,
        pinned: false,
        noforwards: false,
        invert_media: false,
        offline: false,
        video_processing_pending: false,
        paid_suggested_post_stars: false,
        paid_suggested_post_ton: false,
        id: 7,
        from_id: None,
        from_boosts_applied: None,
        from_rank: None,
        peer_id: types::PeerUser { user_id: 8 }.into(),
        saved_peer_id: None,
        fwd_from: None,
        via_bot_id: None,
        via_business_bot_id: None,
        guestchat_via_from: None,
        reply_to: None,
        date: 9,
        message: "hi".to_owned(),
        media: None,
        reply_markup: None,
        entities: None,
        views_and_forwards,
        replies: None,
        edit_date: None,
        post_author: None,
        grouped_id: None,
        reactions: None,
        restriction_reason: None,
        ttl_period: None,
        quick_reply_shortcut_id: None,
        effect: None,
        factcheck: None,
        report_delivery_until_date: None,
        paid_message_stars: None,
        suggested_post: None,
        schedule_repeat_period: None,
        summary_from_language: None,
        rich_message: None,
    }
}

#[test]
fn message_with_views_and_forwards() {
    let with = message(Some(types::MessageViewsAndForwards { views: 100, forwards: 3 }));
    let bytes = with.to_bytes().unwrap();
    let mut expected = vec![0xd3, 0xb9, 0x00, 0x76];
    expected.extend((1_u32 << 1 | 1 << 10).to_le_bytes());
    expected.extend(0_u32.to_le_bytes());
    expected.extend(7_i32.to_le_bytes());
    expected.extend(types::PeerUser { user_id: 8 }.to_bytes().unwrap());
    expected.extend(9_i32.to_le_bytes());
    expected.extend([2, b'h', b'i', 0]);
    expected.extend(100_i32.to_le_bytes());
    expected.extend(3_i32.to_le_bytes());
    assert_eq!(bytes, expected);

    let read = types::Message::from_bytes_with(&bytes, ReadOptions::strict()).unwrap();
    assert_eq!(read, with);
    assert_eq!((read.views(), read.forwards()), (Some(100), Some(3)));
    let as_enum = enums::Message::from_bytes_with(&bytes, ReadOptions::strict()).unwrap();
    assert_eq!(types::Message::try_from(as_enum), Ok(with));
}

#[test]
fn message_without_views_and_forwards() {
    let without = message(None);
    let bytes = without.to_bytes().unwrap();
    assert_eq!(bytes[4..8], (1_u32 << 1).to_le_bytes());
    let read = types::Message::from_bytes_with(&bytes, ReadOptions::strict()).unwrap();
    assert_eq!(read, without);
    assert_eq!((read.views(), read.forwards()), (None, None));
}

fn password(has_password: Option<types::account::PasswordHasPassword>) -> types::account::Password {
    types::account::Password {
        has_recovery: false,
        has_secure_values: true,
        has_password,
        hint: None,
        email_unconfirmed_pattern: None,
        new_algo: enums::PasswordKdfAlgo::Unknown,
        new_secure_algo: enums::SecurePasswordKdfAlgo::Unknown,
        secure_random: vec![1, 2, 3],
        pending_reset_date: None,
        login_email_pattern: None,
    }
}

#[test]
fn password_with_all_that_its_bit_brings() {
    let current = types::account::PasswordHasPassword {
        current_algo: enums::PasswordKdfAlgo::Unknown,
        srp_b: vec![5; 4],
        srp_id: 6,
    };
    let with = password(Some(current));
    let bytes = with.to_bytes().unwrap();
    assert_eq!(bytes[4..8], (1_u32 << 1 | 1 << 2).to_le_bytes());
    let read = types::account::Password::from_bytes_with(&bytes, ReadOptions::strict()).unwrap();
    assert_eq!(read, with);
    assert!(read.has_password());
    assert_eq!(read.current_algo(), Some(&enums::PasswordKdfAlgo::Unknown));
    assert_eq!((read.srp_b(), read.srp_id()), (Some(&[5_u8; 4][..]), Some(6)));
}

#[test]
fn password_without() {
    let without = password(None);
    let bytes = without.to_bytes().unwrap();
    assert_eq!(bytes[4..8], (1_u32 << 1).to_le_bytes());
    let read = types::account::Password::from_bytes_with(&bytes, ReadOptions::strict()).unwrap();
    assert_eq!(read, without);
    assert!(!read.has_password());
    assert_eq!((read.current_algo(), read.srp_b(), read.srp_id()), (None, None, None));
}
