//! The codes of fact files.

use typelang_parser::declare_codes;

declare_codes! {
    DUPLICATE_FACT {
        name: "duplicate-fact",
        level: Warning,
        summary: "A fact file says something twice",
        explanation:
            "An error is listed twice, or two files have a text for the same thing. What the last one says \
            counts. Remove one of them, unless a file of your own is meant to replace a text of another.",
    }
    INVALID_FACT {
        name: "invalid-fact",
        level: Error,
        summary: "A fact file has a key or a value that the format does not have",
        explanation:
            "A misspelt key would be ignored in silence. A name with dots needs quotes: \
            `[functions.\"messages.sendEncrypted\"]`. `schema/facts.schema.json` describes the whole format, \
            also to editors.",
        fix: "writes the word that was probably meant, and quotes around a name with dots",
    }
    INVALID_TOML {
        name: "invalid-toml",
        level: Error,
        summary: "A fact file is not TOML",
        explanation:
            "Nothing of the file is read before it is. A key that is there twice is no TOML either: put what \
            belongs to it into one table.",
    }
    MALFORMED_ERROR {
        name: "malformed-error",
        level: Error,
        summary: "An error has no code, or a name or a code that cannot be one",
        explanation:
            "An error is a name and at least one code: `CHAT_ID_INVALID = 400`, `MSG_WAIT_FAILED = [400, 500]`. \
            A number in the name stands as `%d`, once at most: `\"FLOOD_WAIT_%d\" = { codes = 420, parameter = \
            \"seconds\" }`. A code is a number of at most three digits and not 0; it can be negative.",
        fix: "writes the name of the error that was probably meant",
    }
    TEXT_WITHOUT_TARGET {
        name: "text-without-target",
        level: Error,
        summary: "A text is for a type, a constructor or an error that is not there",
        explanation:
            "The text would never be seen. Correct the name, or remove the text if the schema does not have the \
            thing any more.",
        fix: "writes the name that was probably meant",
    }
    UNKNOWN_ERROR {
        name: "unknown-error",
        level: Error,
        summary: "A function lists an error that no fact file declares",
        explanation:
            "Without a declaration nobody knows the code of the error. Add it under `errors`, in this file or \
            another one that is given with it: `CHAT_ID_INVALID = 400`.",
        fix: "writes the name of the error that was probably meant",
    }
    UNKNOWN_FIELD {
        name: "unknown-field",
        level: Error,
        summary: "A text is for a field that the constructor or function does not have",
        explanation: "The text would never be seen. Fields are called as in the schema: `chat_id`, not `chatId`.",
        fix: "writes the field that was probably meant",
    }
    UNKNOWN_METHOD {
        name: "unknown-method",
        level: Error,
        summary: "A fact file speaks of a function that the schema does not have",
        explanation:
            "Functions are called as in the schema, namespaces included: \
            `[functions.\"messages.sendEncrypted\"]`. Remove what an older layer had.",
        fix: "writes the function that was probably meant",
    }
    UNSUPPORTED_FACT_FORMAT {
        name: "unsupported-fact-format",
        level: Error,
        summary: "A fact file does not say its format, or one that this version does not know",
        explanation:
            "The first line of a fact file is `format = 1`, so that a later format is never taken for this one.",
        fix: "adds the format where it is missing",
    }
}
