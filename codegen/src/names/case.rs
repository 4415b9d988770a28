//! Letter case: TL writes `inputPeerUser` and `P_Q_inner_data`, Rust wants `InputPeerUser` and `p_q_inner_data`.

/// The words of a name: parts between underscores, divided before a capital that follows a small letter or a digit, and
/// before the last capital of a run that small letters follow (`SRPPassword` is `SRP`, `Password`).
pub(crate) fn words(name: &str) -> Vec<String> {
    let mut words = Vec::new();
    for part in name.split('_').filter(|part| !part.is_empty()) {
        let letters: Vec<char> = part.chars().collect();
        let mut word = String::new();
        for (index, &letter) in letters.iter().enumerate() {
            let previous = index.checked_sub(1).and_then(|index| letters.get(index));
            let next_is_lower = letters.get(index + 1).is_some_and(|next| next.is_ascii_lowercase());
            let divides = letter.is_ascii_uppercase()
                && previous.is_some_and(|previous| !previous.is_ascii_uppercase() || next_is_lower);
            if divides {
                words.push(std::mem::take(&mut word));
            }
            word.push(letter);
        }
        words.push(word);
    }
    words
}

/// `inputPeerUser` → `InputPeerUser`, `Server_DH_Params` → `ServerDhParams`.
pub(crate) fn camel(name: &str) -> String {
    words(name).iter().map(|word| capitalized(word)).collect()
}

/// `chatId` → `chat_id`, `srp_B` → `srp_b`.
pub(crate) fn snake(name: &str) -> String {
    let words: Vec<String> = words(name).iter().map(|word| word.to_ascii_lowercase()).collect();
    words.join("_")
}

fn capitalized(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_ascii_uppercase().to_string() + &letters.as_str().to_ascii_lowercase()
    })
}

/// Returns whether more than two names have a first or last word in common.
pub(crate) fn share_a_word(names: &[String]) -> bool {
    let all: Vec<Vec<String>> = names.iter().map(|name| words(name)).collect();
    let is_shared = |word: fn(&Vec<String>) -> Option<&String>| all.windows(2).all(|it| word(&it[0]) == word(&it[1]));
    names.len() > 2 && (is_shared(|words| words.first()) || is_shared(|words| words.last()))
}

#[cfg(test)]
mod tests {
    use super::{camel, snake};

    #[test]
    fn camel_case() {
        for (name, expected) in [
            ("inputPeerUser", "InputPeerUser"),
            ("P_Q_inner_data", "PQInnerData"),
            ("server_DH_params_ok", "ServerDhParamsOk"),
            ("decryptedMessageActionSetMessageTTL", "DecryptedMessageActionSetMessageTtl"),
            ("int128", "Int128"),
            ("getCDNConfig", "GetCdnConfig"),
            ("x", "X"),
            ("_", ""),
        ] {
            assert_eq!(camel(name), expected);
        }
    }

    #[test]
    fn snake_case() {
        for (name, expected) in [
            ("random_id", "random_id"),
            ("srp_B", "srp_b"),
            ("M1", "m1"),
            ("chatId", "chat_id"),
            ("SRPPassword", "srp_password"),
            ("flags2", "flags2"),
        ] {
            assert_eq!(snake(name), expected);
        }
    }
}
