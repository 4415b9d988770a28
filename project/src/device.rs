//! Names of files that some systems keep for devices.

/// Returns whether some systems keep the name of a file for a device, whatever its extension: `con`, `Aux.rs`, `lpt1.item.html`.
///
/// ```
/// use typelang_project::is_device;
///
/// assert!(is_device("con") && is_device("Aux.rs") && is_device("com1"));
/// assert!(!is_device("console") && !is_device("com10") && !is_device("user.con"));
/// ```
#[must_use]
pub fn is_device(file_name: &str) -> bool {
    let stem = file_name.split('.').next().unwrap_or_default().to_ascii_lowercase();
    let mut numbered = ["com", "lpt"].iter().filter_map(|device| stem.strip_prefix(device));
    let is_numbered = numbered.any(|number| number.len() == 1 && number.bytes().all(|it| it.is_ascii_digit()));
    is_numbered || ["aux", "con", "nul", "prn"].contains(&stem.as_str())
}
