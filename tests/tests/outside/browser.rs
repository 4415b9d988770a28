//! Pages as a browser shows them: Chromium without a window runs `browser.html`, which looks at pages in frames and writes down
//! what it finds.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use serde_json::Value;
use tempfile::TempDir;
use typelang_doc::Format;
use typelang_tests::trials::{Missing, Needed, Trial, needing};
use typelang_tests::{pages, shared};

const BROWSERS: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/// What a section of the page that this project began with is called here.
const SECTIONS: [&str; 7] =
    ["Example", "TL schema", "Parameters", "Result", "Possible errors", "Who can use it", "Related pages"];

/// How long the browser may take for one run.
const PATIENCE: Duration = Duration::from_secs(60);

pub(crate) fn trials() -> Vec<Trial> {
    vec![needing("browser::pages", browser(), |browser| pages_in_a_browser(&browser))]
}

fn browser() -> Needed<PathBuf> {
    let folders = std::env::var_os("PATH").unwrap_or_default();
    let folders: Vec<PathBuf> = std::env::split_paths(&folders).collect();
    let mut candidates = BROWSERS.iter().flat_map(|name| folders.iter().map(move |folder| folder.join(name)));
    candidates.find(|path| path.is_file()).ok_or_else(|| Missing::new("needs Chromium"))
}

/// Runs the browser on a file and gives what it found, and what pages wrote to the console.
fn look(browser: &Path, folder: &TempDir, scheme: &str) -> (Value, Vec<String>) {
    let profile = TempDir::new().expect("a folder");
    let address = format!("file://{}/browser.html", folder.path().display());
    let child = Command::new(browser)
        .args(["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-dev-shm-usage"])
        // Frames of files may look into each other.
        .args(["--allow-file-access-from-files", "--window-size=1280,1000", "--virtual-time-budget=20000"])
        .args(["--enable-logging=stderr", "--dump-dom", &format!("--user-data-dir={}", profile.path().display())])
        .args([&format!("--blink-settings=preferredColorScheme={}", if scheme == "dark" { 0 } else { 1 }), &address])
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the browser starts");
    let output = wait(child);
    let page = String::from_utf8_lossy(&output.stdout).into_owned();
    let logged = String::from_utf8_lossy(&output.stderr).into_owned();
    let found = page.split("<pre id=\"found\">").nth(1).and_then(|rest| rest.split("</pre>").next());
    let found = found.unwrap_or_else(|| panic!("nothing found: {page}\n{logged}"));
    let found = found.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
    let found = serde_json::from_str(&found).unwrap_or_else(|error| panic!("{error}: {found}\n{logged}"));
    (found, logged.lines().filter(|line| line.contains(":CONSOLE")).map(str::to_owned).collect())
}

/// Waits for the end, but not for ever.
fn wait(child: std::process::Child) -> Output {
    let id = child.id();
    let (sender, receiver) = std::sync::mpsc::channel();
    let reader = std::thread::spawn(move || {
        let output = child.wait_with_output();
        let _ = sender.send(());
        output
    });
    if receiver.recv_timeout(PATIENCE).is_err() {
        let _ = Command::new("kill").arg(id.to_string()).status();
        sleep(Duration::from_millis(200));
    }
    reader.join().expect("a reader").expect("output of the browser")
}

/// How much lighter one colour is than another, as WCAG counts it: 4.5 is the least for text.
fn contrast(one: &str, other: &str) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

/// The luminance of `rgb(1, 2, 3)`.
fn luminance(color: &str) -> f64 {
    let numbers = color.trim_start_matches("rgb(").trim_end_matches(')').split(", ");
    let parts: Vec<f64> = numbers.map(|it| it.parse().unwrap_or_else(|_| panic!("no colour: {color}"))).collect();
    let linear = |part: f64| {
        let part = part / 255.0;
        if part <= 0.040_45 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * linear(parts[0]) + 0.7152 * linear(parts[1]) + 0.0722 * linear(parts[2])
}

fn pages_in_a_browser(browser: &Path) {
    let begin = Instant::now();
    let folder = TempDir::new().expect("a folder");
    pages::telegram(Format::Html).write(folder.path()).expect("pages");
    fs::write(folder.path().join("browser.html"), include_str!("browser.html")).expect("a page");
    let mut papers = Vec::new();
    for scheme in ["light", "dark"] {
        let (found, console) = look(browser, &folder, scheme);
        // The line of the test itself shows that lines are seen.
        assert!(matches!(&console[..], [line] if line.contains("the browser has looked")), "{console:#?}");
        check_sections(&found["wide"]);
        check_sections(&found["narrow"]);
        check_colors(&found["wide"]);
        check_widths(&found);
        check_search(&found["search"]);
        assert_eq!(found["followed"], serde_json::json!(["InputEncryptedChat", "messages.SentEncryptedMessage"]));
        let (before, after) = (text(&found["theme"]["before"]), text(&found["theme"]["after"]));
        assert!(contrast(before, after) > 10.0, "the switch changes {before} to {after}");
        papers.push(text(&found["wide"]["paper"]).to_owned());
    }
    assert!(luminance(&papers[0]) > 0.8 && luminance(&papers[1]) < 0.1, "light and dark: {papers:?}");
    shared::say(&format!("pages in {}: light, dark and 390 px wide, {:.1?}", browser.display(), begin.elapsed()));
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_else(|| panic!("no text: {value}"))
}

/// Every section is there, can be seen, and says something.
fn check_sections(page: &Value) {
    assert_eq!(page["title"], "messages.sendEncrypted");
    assert!(text(&page["description"]).contains("secret chat"), "{page}");
    let sections = page["sections"].as_array().expect("sections");
    let headings: Vec<&str> = sections.iter().map(|section| text(&section["heading"])).collect();
    assert_eq!(headings, SECTIONS);
    let words = [
        &["silent: true", "random_id: 2927390", "b\"some bytes here\""][..],
        &["messages.sendEncrypted#44fa7a15", "messages.sentEncryptedFile#9493ff32", "---functions---"],
        &["flags", "silent", "peer", "random_id", "data", "DecryptedMessage"],
        &["messages.SentEncryptedMessage", "messages.sentEncryptedFile"],
        &["CHAT_ID_INVALID", "DATA_INVALID", "ENCRYPTION_DECLINED", "MSG_WAIT_FAILED", "400"],
        &["Users only", "Sources disagree", "users and bots"],
        &["DecryptedMessage", "messages.sendEncryptedFile"],
    ];
    for (section, words) in sections.iter().zip(words) {
        assert!(section["height"].as_f64().expect("a number") > 40.0, "{section}");
        for word in words {
            assert!(text(&section["text"]).contains(word), "{word} is not in {section}");
        }
    }
}

/// Everything that is written can be read.
fn check_colors(page: &Value) {
    let colors = page["colors"].as_array().expect("colours");
    assert!(colors.len() > 5, "{colors:?}");
    for color in colors {
        let (ink, paper) = (text(&color["ink"]), text(&color["paper"]));
        let contrast = contrast(ink, paper);
        assert!(contrast >= 4.5, "{}: {ink} on {paper} has a contrast of {contrast:.2}", color["what"]);
    }
}

/// No page is wider than the screen.
fn check_widths(found: &Value) {
    let widths = found["widths"].as_object().expect("widths");
    assert!(widths.len() >= 6, "{widths:?}");
    for (page, width) in widths {
        let (content, screen) = (width["content"].as_u64().expect("a number"), width["screen"].as_u64());
        assert_eq!(screen, Some(390));
        assert!(content <= 390, "{page} is {content} px wide");
    }
}

fn check_search(search: &Value) {
    assert_eq!(search["hidden"], false);
    let names: Vec<&str> = search["names"].as_array().expect("names").iter().map(text).collect();
    assert_eq!(names.first(), Some(&"messages.sendEncrypted"), "{names:?}");
    assert!(names.contains(&"messages.sendEncryptedFile"), "{names:?}");
    assert_eq!(search["opened"], "messages.sendEncrypted");
}
